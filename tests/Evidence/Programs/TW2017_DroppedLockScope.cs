using System;
using System.Linq;
using System.Threading;

/// <summary>A counter that takes its lock and throws away what would give it back.</summary>
internal sealed class Counter
{
    private readonly Lock _gate = new();
    private long _count;

    public void Add()
    {
        _gate.EnterScope();
        _count++;
    }
}

/// <summary>What the fix costs when nothing overlaps: one thread counts to <c>size</c>.</summary>
public static class Scenario
{
    public const string Measures = "one call of Counter.Add on one thread, which before the fix never gives the lock back";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var counter = new Counter();
        for (var i = 0; i < size; i++)
        {
            counter.Add();
        }

        return size;
    }
}

/// <summary>Threads that count; a thread that has not finished at the limit is stuck.</summary>
public static class Program
{
    private const int Threads = 4;
    private const int Each = 1_000;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(4);

    public static void Main()
    {
        var counter = new Counter();
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            start.SignalAndWait();
            for (var i = 0; i < Each; i++)
            {
                counter.Add();
            }

            // A pool's threads live on as well, and with them what they hold.
            start.SignalAndWait(s_limit / 2);
        }) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        var end = DateTime.UtcNow + s_limit;
        var stuck = threads.Count(thread => !thread.Join(end > DateTime.UtcNow ? end - DateTime.UtcNow : TimeSpan.Zero));
        Console.WriteLine($"OUTCOME stuck-threads={stuck} of {Threads}");
    }
}
