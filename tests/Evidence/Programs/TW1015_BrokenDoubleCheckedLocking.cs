using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

/// <summary>Rates that are loaded by who asks first.</summary>
internal sealed class Rates
{
    private readonly object _gate = new();
    private bool _loaded;
    private Dictionary<string, int> _all;

    public int Of(string currency)
    {
        if (!_loaded)
        {
            lock (_gate)
            {
                if (!_loaded)
                {
                    _loaded = true;
                    _all = Load();
                }
            }
        }

        return _all[currency];
    }

    /// <summary>From somewhere else, which takes a moment.</summary>
    private static Dictionary<string, int> Load()
    {
        Thread.Sleep(1);
        return Enumerable.Range(1, 50).ToDictionary(number => $"C{number}");
    }
}

/// <summary>What the fix costs when all is loaded: one thread asks <c>size</c> times.</summary>
public static class Scenario
{
    public const string Measures = "one call of Rates.Of on one thread, with all rates loaded";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var rates = new Rates();
        var sum = 0L;
        for (var i = 0; i < size; i++)
        {
            sum += rates.Of("C1");
        }

        return sum;
    }
}

/// <summary>Threads ask for the first rate together, many times; counted are the answers that threw.</summary>
public static class Program
{
    private const int Rounds = 30;
    private const int Threads = 4;

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var rates = Enumerable.Range(0, Rounds).Select(_ => new Rates()).ToArray();
        var thrown = 0;
        using var together = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            var random = new Random(seed + number);
            foreach (var each in rates)
            {
                together.SignalAndWait();
                Thread.SpinWait(random.Next(2000));
                try
                {
                    each.Of("C1");
                }
                catch (NullReferenceException)
                {
                    Interlocked.Increment(ref thrown);
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.WriteLine($"OUTCOME answers-that-threw={thrown} of {Rounds * Threads}");
    }
}
