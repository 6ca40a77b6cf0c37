using System;

/// <summary>Says that many threads call.</summary>
internal sealed class ThreadSafeAttribute : Attribute
{
}

/// <summary>Counts for many threads.</summary>
[ThreadSafe]
internal sealed class Tally
{
    private int _count;

    public int Count => _count;

    public void Add(int effort) => _count += Effort.Of(1, effort);
}

/// <summary>What the fix costs when nothing overlaps: one thread counts.</summary>
public static class Scenario
{
    public const string Measures = "one call of Tally.Add on one thread";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var tally = new Tally();
        for (var i = 0; i < size; i++)
        {
            tally.Add(0);
        }

        return tally.Count;
    }
}

/// <summary>Threads that count at the same time.</summary>
public static class Program
{
    public static void Main(string[] args)
    {
        var tally = new Tally();
        var (done, _) = Crowd.Do(50_000, Crowd.Seed(args), _ => tally.Add(10));
        Console.WriteLine($"OUTCOME lost-counts={done - tally.Count} of {done}");
    }
}
