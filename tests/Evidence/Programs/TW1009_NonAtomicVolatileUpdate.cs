using System;
using System.Linq;
using System.Threading;

/// <summary>Counts what is done in a field that is volatile.</summary>
internal sealed class Progress
{
    private volatile int _done;

    public int Done => _done;

    public void Complete(int effort) => _done += Effort.Of(1, effort);
}

/// <summary>What the fix costs when nothing overlaps: one thread counts.</summary>
public static class Scenario
{
    public const string Measures = "one call of Progress.Complete on one thread";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var progress = new Progress();
        for (var i = 0; i < size; i++)
        {
            progress.Complete(0);
        }

        return progress.Done;
    }
}

/// <summary>Threads that count at the same time; counts that overlap overwrite each other.</summary>
public static class Program
{
    private const int Threads = 4;
    private const int Each = 50_000;

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var progress = new Progress();
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            Thread.SpinWait(new Random(seed + number).Next(1000));
            for (var i = 0; i < Each; i++)
            {
                progress.Complete(10);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.WriteLine($"OUTCOME lost-counts={Threads * Each - progress.Done} of {Threads * Each}");
    }
}
