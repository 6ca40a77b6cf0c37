using System;
using System.Linq;
using System.Threading;

/// <summary>Counts who comes in: one in one step, a group in two.</summary>
internal sealed class Visitors
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Enter() => Interlocked.Increment(ref _count);

    public void EnterAll(int size, int effort) => _count += Effort.Of(size, effort);
}

/// <summary>What the fix costs when nothing overlaps: one thread lets in one and a group.</summary>
public static class Scenario
{
    public const string Measures = "one Visitors.Enter and one Visitors.EnterAll on one thread";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var visitors = new Visitors();
        for (var i = 0; i < size; i++)
        {
            visitors.Enter();
            visitors.EnterAll(2, 0);
        }

        return visitors.Count;
    }
}

/// <summary>Threads that let in one and a group of two at the same time; everyone should be counted.</summary>
public static class Program
{
    private const int Threads = 4;
    private const int Each = 50_000;

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var visitors = new Visitors();
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            Thread.SpinWait(new Random(seed + number).Next(1000));
            for (var i = 0; i < Each; i++)
            {
                visitors.Enter();
                visitors.EnterAll(2, 10);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.WriteLine($"OUTCOME lost-visitors={3 * Threads * Each - visitors.Count} of {3 * Threads * Each}");
    }
}
