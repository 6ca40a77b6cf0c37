// Also fixed by: Stop by a CancellationToken
using System;
using System.Threading;

/// <summary>Counts until it is told to stop.</summary>
internal sealed class Counter
{
    private bool _stop;

    public long Rounds;

    public void Run()
    {
        while (!_stop)
        {
            Rounds++;
        }
    }

    public void Stop() => _stop = true;
}

/// <summary>What the fix costs: a counter that is stopped before it begins, <c>size</c> times.</summary>
public static class Scenario
{
    public const string Measures = "one call of Counter.Run after Counter.Stop";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var counter = new Counter();
        counter.Stop();
        for (var i = 0; i < size; i++)
        {
            counter.Run();
        }

        return counter.Rounds;
    }
}

/// <summary>A thread counts for a while and is then told to stop; one that does not come back is stuck.</summary>
public static class Program
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(4);

    public static void Main(string[] args)
    {
        var random = new Random(args.Length > 0 ? int.Parse(args[0]) : 0);
        var counter = new Counter();
        var thread = new Thread(counter.Run) { IsBackground = true };
        thread.Start();
        Thread.Sleep(1000 + random.Next(500));
        counter.Stop();
        Console.WriteLine($"OUTCOME stuck-threads={(thread.Join(s_limit) ? 0 : 1)} of 1");
    }
}
