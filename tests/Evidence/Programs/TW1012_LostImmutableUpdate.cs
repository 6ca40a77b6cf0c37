using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;

/// <summary>Keeps names in a list that never changes, in a field that does.</summary>
internal static class Names
{
    private static ImmutableHashSet<int> s_all = ImmutableHashSet<int>.Empty;

    public static int Count => s_all.Count;

    public static void Clear() => s_all = ImmutableHashSet<int>.Empty;

    public static void Add(int name)
    {
        s_all = s_all.Add(name);
    }
}

/// <summary>What the fix costs when nothing overlaps: one thread adds.</summary>
public static class Scenario
{
    public const string Measures = "one call of Names.Add on one thread, in a set of up to a thousand";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        Names.Clear();
        for (var i = 0; i < size; i++)
        {
            Names.Add(i);
        }

        return Names.Count;
    }
}

/// <summary>Threads that add at the same time; additions that overlap overwrite each other.</summary>
public static class Program
{
    private const int Threads = 4;
    private const int Each = 3000;

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            Thread.SpinWait(new Random(seed + number).Next(1000));
            for (var i = 0; i < Each; i++)
            {
                Names.Add(number * Each + i);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.WriteLine($"OUTCOME lost-names={Threads * Each - Names.Count} of {Threads * Each}");
    }
}
