using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

/// <summary>A batch that locks the list it hands out and replaces.</summary>
internal sealed class Batch
{
    private List<int> _items = new();

    public void Add(int item)
    {
        lock (_items)
        {
            _items.Add(item);
        }
    }

    public List<int> Take()
    {
        lock (_items)
        {
            var taken = _items;
            _items = new();
            return taken;
        }
    }
}

/// <summary>What the fix costs when nothing overlaps: one thread adds <c>size</c> items.</summary>
public static class Scenario
{
    public const string Measures = "one call of Batch.Add on one thread, nobody else wants the lock";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var batch = new Batch();
        for (var i = 0; i < size; i++)
        {
            batch.Add(i);
        }

        return batch.Take().Count;
    }
}

/// <summary>Threads that add items while one takes them away; an item that nobody took, or that broke the list, is lost.</summary>
public static class Program
{
    private const int Threads = 3;
    private const int Each = 100_000;

    public static void Main(string[] args)
    {
        var batch = new Batch();
        var (taken, running) = (0L, Threads);
        using var start = new Barrier(Threads + 1);
        var adders = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            start.SignalAndWait();
            for (var i = 0; i < Each; i++)
            {
                try
                {
                    batch.Add(i);
                }
                catch (Exception e) when (e is IndexOutOfRangeException or ArgumentException)
                {
                    // The list is broken; its item is missing at the end.
                }
            }

            Interlocked.Decrement(ref running);
        })).ToList();
        adders.ForEach(thread => thread.Start());
        start.SignalAndWait();
        while (Volatile.Read(ref running) > 0)
        {
            taken += batch.Take().Count;
        }

        adders.ForEach(thread => thread.Join());
        taken += batch.Take().Count;
        Console.WriteLine($"OUTCOME lost-items={Math.Abs((long)Threads * Each - taken)} of {Threads * Each}");
    }
}
