using System;
using System.Linq;
using System.Threading;

/// <summary>Names the lock a member belongs to.</summary>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class GuardedByAttribute(string guard) : Attribute
{
    public string Guard { get; } = guard;
}

/// <summary>A counter that is read under its lock and written without it.</summary>
internal sealed class Counter
{
    private readonly object _gate = new();

    [GuardedBy("_gate")]
    private long _total;

    public long Total
    {
        get
        {
            lock (_gate)
            {
                return _total;
            }
        }
    }

    public void Add(int amount, int effort)
    {
        _total += Checked(amount, effort);
    }

    private static int Checked(int amount, int effort)
    {
        if (effort > 0)
        {
            Thread.SpinWait(effort);
        }

        return amount;
    }
}

/// <summary>What the fix costs when nothing overlaps: one thread adds <c>size</c> times, without effort.</summary>
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

        return counter.Total;
    }
}

/// <summary>Threads that add to one counter at the same time; additions that overlap overwrite each other.</summary>
public static class Program
{
    private const int Threads = 4;
    private const int Each = 20_000;

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var counter = new Counter();
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            Thread.SpinWait(new Random(seed + number).Next(1000));
            for (var i = 0; i < Each; i++)
            {
                counter.Add(1, 10);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.WriteLine($"OUTCOME lost-updates={Threads * Each - counter.Total} of {Threads * Each}");
    }
}
