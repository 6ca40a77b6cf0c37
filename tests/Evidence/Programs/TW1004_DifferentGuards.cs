using System;

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

    public void Put()
    {
        lock (_in)
        {
            _moved++;
        }
    }

    public void Take()
    {
        lock (_out)
        {
            _moved++;
        }
    }
}

/// <summary>What the fix costs when nothing overlaps: nothing.</summary>
public static class Scenario
{
    public const string Measures = "one call of Stock.Take on one thread, nobody else wants the lock";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var stock = new Stock();
        for (var i = 0; i < size; i++)
        {
            stock.Take();
        }

        return stock.Moved();
    }
}

/// <summary>Threads that put and take at the same time; every movement should be counted.</summary>
public static class Program
{
    public static void Main(string[] args)
    {
        var stock = new Stock();
        var (done, _) = Crowd.Do(50_000, Crowd.Seed(args), number =>
        {
            if (number % 2 == 0)
            {
                stock.Put();
            }
            else
            {
                stock.Take();
            }
        });
        Console.WriteLine($"OUTCOME lost-movements={done - stock.Moved()} of {done}");
    }
}
