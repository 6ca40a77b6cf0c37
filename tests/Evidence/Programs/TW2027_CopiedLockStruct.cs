using System;
using System.Linq;
using System.Threading;

/// <summary>A counter whose spin lock stands in a read-only field: every call takes a copy of it.</summary>
internal sealed class Counter
{
    private readonly SpinLock _lock = new(enableThreadOwnerTracking: false);

    public long Value;

    public void Add(int amount, int effort)
    {
        var taken = false;
        try
        {
            _lock.Enter(ref taken);
            Value += Effort.Of(amount, effort);
        }
        finally
        {
            if (taken)
            {
                _lock.Exit(useMemoryBarrier: true);
            }
        }
    }
}

/// <summary>What the fix costs when nothing overlaps: one thread counts to <c>size</c>.</summary>
public static class Scenario
{
    public const string Measures = "one call of Counter.Add on one thread, nobody else wants the lock";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var counter = new Counter();
        for (var i = 0; i < size; i++)
        {
            counter.Add(1, 0);
        }

        return counter.Value;
    }
}

/// <summary>Threads that count together; counted is what is missing in the end.</summary>
public static class Program
{
    private const int Threads = 4;
    private const int Each = 50_000;

    public static void Main()
    {
        var counter = new Counter();
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            start.SignalAndWait();
            for (var i = 0; i < Each; i++)
            {
                counter.Add(1, 10);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.WriteLine($"OUTCOME lost-updates={(Threads * Each) - counter.Value} of {Threads * Each}");
    }
}
