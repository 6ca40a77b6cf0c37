using System;
using System.Linq;
using System.Threading;

/// <summary>Counts the objects that are out: up in one step, down in two.</summary>
internal sealed class Pool
{
    private int _rented;

    public int Rented => Volatile.Read(ref _rented);

    public void Rent() => Interlocked.Increment(ref _rented);

    public void Return() => _rented--;
}

/// <summary>What the fix costs when nothing overlaps: one thread rents and returns.</summary>
public static class Scenario
{
    public const string Measures = "one Pool.Rent and one Pool.Return on one thread";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var pool = new Pool();
        for (var i = 0; i < size; i++)
        {
            pool.Rent();
            pool.Return();
        }

        return pool.Rented;
    }
}

/// <summary>Threads that rent and return at the same time; in the end nothing should be out.</summary>
public static class Program
{
    private const int Threads = 4;
    private const int Each = 50_000;

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var pool = new Pool();
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            Thread.SpinWait(new Random(seed + number).Next(1000));
            for (var i = 0; i < Each; i++)
            {
                pool.Rent();
                pool.Return();
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.WriteLine($"OUTCOME miscounted={Math.Abs(pool.Rented)} of {Threads * Each}");
    }
}
