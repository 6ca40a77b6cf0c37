using System;
using System.Linq;
using System.Threading;

/// <summary>A stock of which nobody gets more than there is.</summary>
internal sealed class Stock
{
    private readonly object _gate = new();
    private int _left;

    public Stock(int left) => _left = left;

    public int Take(int wanted, int effort)
    {
        int left;
        lock (_gate)
        {
            left = Effort.Of(_left, effort);
        }

        var taken = Math.Min(wanted, left);
        lock (_gate)
        {
            _left = left - taken;
        }

        return taken;
    }
}

/// <summary>What the two forms cost: one thread takes <c>size</c> times.</summary>
public static class Scenario
{
    public const string Measures = "one call of Stock.Take on one thread, nobody else wants the lock";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var stock = new Stock(size);
        var taken = 0L;
        for (var i = 0; i < size; i++)
        {
            taken += stock.Take(1, 0);
        }

        return taken;
    }
}

/// <summary>Threads take all there is; counted is what was taken beyond that.</summary>
public static class Program
{
    private const int Threads = 4;
    private const int All = 50_000;

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var stock = new Stock(All);
        var taken = 0L;
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            var random = new Random(seed + number);
            start.SignalAndWait();
            for (var last = 1; last > 0;)
            {
                last = stock.Take(random.Next(1, 4), 10);
                Interlocked.Add(ref taken, last);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.WriteLine($"OUTCOME taken-too-much={taken - All} of {All}");
    }
}
