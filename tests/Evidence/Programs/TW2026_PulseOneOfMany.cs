using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

/// <summary>One slot that producers and consumers share, with one lock for both and one of them woken at a time.</summary>
internal sealed class Slot
{
    private readonly object _gate = new();
    private readonly Queue<int> _items = new();

    public void Put(int item)
    {
        lock (_gate)
        {
            while (_items.Count >= 1)
            {
                Monitor.Wait(_gate);
            }

            _items.Enqueue(item);
            Monitor.Pulse(_gate);
        }
    }

    public int Take()
    {
        lock (_gate)
        {
            while (_items.Count == 0)
            {
                Monitor.Wait(_gate);
            }

            var item = _items.Dequeue();
            Monitor.Pulse(_gate);
            return item;
        }
    }
}

/// <summary>What the fix costs when nothing overlaps: one thread puts an item and takes it, <c>size</c> times.</summary>
public static class Scenario
{
    public const string Measures = "one call of Slot.Put and one of Slot.Take on one thread, nobody waits";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var slot = new Slot();
        var last = 0;
        for (var i = 0; i < size; i++)
        {
            slot.Put(i);
            last = slot.Take();
        }

        return last;
    }
}

/// <summary>As many items are put as are taken, by several threads each; a thread that has not finished at the limit is stuck.</summary>
public static class Program
{
    private const int Pairs = 3;
    private const int Each = 2_000;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(8);

    public static void Main(string[] args)
    {
        var slot = new Slot();
        using var start = new Barrier(Pairs * 2);
        var threads = Enumerable.Range(0, Pairs * 2).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            for (var i = 0; i < Each; i++)
            {
                if (number % 2 == 0)
                {
                    slot.Put(i);
                }
                else
                {
                    slot.Take();
                }
            }
        }) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        var end = DateTime.UtcNow + s_limit;
        var stuck = threads.Count(thread => !thread.Join(end > DateTime.UtcNow ? end - DateTime.UtcNow : TimeSpan.Zero));
        Console.WriteLine($"OUTCOME stuck-threads={stuck} of {threads.Count}");
    }
}
