using System;
using System.Linq;
using System.Threading;

/// <summary>Threads that do the same thing at the same time.</summary>
public static class Crowd
{
    private const int Threads = 4;

    /// <summary>Every thread does something so many times; returns how often it was done, and how often it failed.</summary>
    public static (int Done, int Failed) Do(int each, int seed, Action<int> something)
    {
        var failed = 0;
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            Thread.SpinWait(new Random(seed + number).Next(1000));
            for (var i = 0; i < each; i++)
            {
                try
                {
                    something(number);
                }
                catch (Exception)
                {
                    Interlocked.Increment(ref failed);
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return (Threads * each, failed);
    }

    public static int Seed(string[] args) => args.Length > 0 ? int.Parse(args[0]) : 0;
}
