using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

/// <summary>A batch that locks the list it hands out and replaces; it knows the weight of all that was ever added.</summary>
internal sealed class Batch
{
    private List<int> _items = new();
    private long _weight;

    public long Weight => Volatile.Read(ref _weight);

    public void Add(int item)
    {
        lock (_items)
        {
            _items.Add(item);
            _weight += WeightOf(item);
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

    /// <summary>One, after some work.</summary>
    private static long WeightOf(int item)
    {
        var bits = (uint)item;
        for (var i = 0; i < 100; i++)
        {
            bits = uint.RotateLeft(bits, 7) ^ (uint)i;
        }

        return bits == 0 ? 1 : Math.Sign((long)bits);
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

/// <summary>Threads that add items and now and then take them away: each item weighs one, and what is missing at the end is lost.</summary>
public static class Program
{
    private const int Threads = 4;
    private const int Each = 100_000;

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var batch = new Batch();
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            AddAll(batch, new Random(seed + number));
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.WriteLine($"OUTCOME lost-updates={(long)Threads * Each - batch.Weight} of {Threads * Each}");
    }

    private static void AddAll(Batch batch, Random random)
    {
        for (var i = 0; i < Each; i++)
        {
            if (random.Next(50) == 0)
            {
                batch.Take();
            }

            batch.Add(i);
        }
    }
}
