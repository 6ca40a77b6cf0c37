using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

/// <summary>Scores that some threads set while others list them.</summary>
internal sealed class Scores
{
    private readonly ConcurrentDictionary<int, int> _scores = new();

    public void Set(int name, int score) => _scores[name] = score;

    public List<KeyValuePair<int, int>> All() => _scores.ToList();
}

/// <summary>What the fix costs when nothing overlaps: one thread lists a hundred scores.</summary>
public static class Scenario
{
    public const string Measures = "one call of Scores.All on one thread, of a hundred scores";
    public const int Size = 100;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var scores = new Scores();
        for (var i = 0; i < 100; i++)
        {
            scores.Set(i, i);
        }

        long count = 0;
        for (var i = 0; i < size; i++)
        {
            count += scores.All().Count;
        }

        return count;
    }
}

/// <summary>Threads that add scores while another lists them; a list that throws is of no use to anybody.</summary>
public static class Program
{
    private const int Threads = 3;
    private const int Each = 40_000;

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var scores = new Scores();
        var (thrown, left) = (0, Threads);
        using var start = new Barrier(Threads + 1);
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            Thread.SpinWait(new Random(seed + number).Next(1000));
            for (var i = 0; i < Each; i++)
            {
                scores.Set(number * Each + i, i);
            }

            Interlocked.Decrement(ref left);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        start.SignalAndWait();
        while (Volatile.Read(ref left) > 0)
        {
            try
            {
                scores.All();
            }
            catch (ArgumentException)
            {
                thrown++;
            }
        }

        threads.ForEach(thread => thread.Join());
        Console.WriteLine($"OUTCOME lists-that-threw={thrown}");
    }
}
