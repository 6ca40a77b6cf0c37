using System;
using System.Linq;

/// <summary>A stock with one lock for what comes in and another for what goes out.</summary>
internal sealed class Stock
{
    private readonly object _in = new();
    private readonly object _out = new();
    private long _moved;

    public long Moved()
    {
        lock (_in)
        {
            return _moved;
        }
    }

    public void Put(int[] pieces)
    {
        lock (_in)
        {
            _moved += pieces.Sum();
        }
    }

    public void Take(int[] pieces)
    {
        lock (_out)
        {
            _moved += pieces.Sum();
        }
    }
}

/// <summary>What the fix costs when nothing overlaps: nothing.</summary>
public static class Scenario
{
    public const string Measures = "one call of Stock.Take on one thread, nobody else wants the lock";
    public const int Size = 1000;
    public const int Operations = Size;

    private static readonly int[] s_piece = [1];

    public static long Run(int size)
    {
        var stock = new Stock();
        for (var i = 0; i < size; i++)
        {
            stock.Take(s_piece);
        }

        return stock.Moved();
    }
}

/// <summary>Threads that put and take at the same time; every piece should be counted.</summary>
public static class Program
{
    private const int Pieces = 2000;

    public static void Main(string[] args)
    {
        var stock = new Stock();
        var pieces = Enumerable.Repeat(1, Pieces).ToArray();
        var (done, _) = Crowd.Do(50_000, Crowd.Seed(args), number =>
        {
            if (number % 2 == 0)
            {
                stock.Put(pieces);
            }
            else
            {
                stock.Take(pieces);
            }
        });
        Console.WriteLine($"OUTCOME lost-pieces={(long)done * Pieces - stock.Moved()} of {(long)done * Pieces}");
    }
}
