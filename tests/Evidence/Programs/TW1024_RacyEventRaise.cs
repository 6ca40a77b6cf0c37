using System;
using System.Threading;

/// <summary>Tells who listens of every new price.</summary>
public sealed class Ticker
{
    private volatile int _price;

    public event Action<string> Moved;

    public void Move(int price, int effort)
    {
        _price = price;
        if (Moved != null)
        {
            var text = Text(effort);
            Moved(text);
        }
    }

    private string Text(int effort) => Effort.Elsewhere(_price, effort).ToString();
}

/// <summary>What the fix costs when nobody else is there: one thread moves the price <c>size</c> times, and one listens.</summary>
public static class Scenario
{
    public const string Measures = "one call of Ticker.Move on one thread, with one handler";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var ticker = new Ticker();
        var told = 0L;
        ticker.Moved += _ => told++;
        for (var i = 0; i < size; i++)
        {
            ticker.Move(i, 0);
        }

        return told;
    }
}

/// <summary>One thread moves the price; another listens for a moment now and then. Counted are the moves that threw.</summary>
public static class Program
{
    private const int Moves = 100;

    private static volatile bool s_over;

    public static void Main(string[] args)
    {
        var random = new Random(args.Length > 0 ? int.Parse(args[0]) : 0);
        var ticker = new Ticker();
        var listener = new Thread(() => Listen(ticker, random)) { IsBackground = true };
        listener.Start();
        var thrown = 0;
        for (var i = 0; i < Moves; i++)
        {
            try
            {
                ticker.Move(i, 1);
            }
            catch (NullReferenceException)
            {
                thrown++;
            }

            Thread.Sleep(1);
        }

        s_over = true;
        listener.Join();
        Console.WriteLine($"OUTCOME moves-that-threw={thrown} of {Moves}");
    }

    private static void Listen(Ticker ticker, Random random)
    {
        var told = 0;
        Action<string> handler = _ => told++;
        while (!s_over)
        {
            ticker.Moved += handler;
            Thread.SpinWait(random.Next(50));
            ticker.Moved -= handler;
            Thread.SpinWait(random.Next(50));
        }
    }
}
