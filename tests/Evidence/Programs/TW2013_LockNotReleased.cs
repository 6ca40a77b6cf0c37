using System;
using System.Linq;
using System.Threading;

/// <summary>A journal that releases its lock only when the entry is accepted.</summary>
internal sealed class Journal
{
    private readonly object _gate = new();
    private long _sum;

    public void Record(int value)
    {
        Monitor.Enter(_gate);
        _sum += Accepted(value);
        Monitor.Exit(_gate);
    }

    private static int Accepted(int value) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
}

/// <summary>What the fix costs when nothing overlaps: one thread records <c>size</c> entries that are all accepted.</summary>
public static class Scenario
{
    public const string Measures = "one call of Journal.Record on one thread, nobody else wants the lock and nothing is thrown";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var journal = new Journal();
        for (var i = 0; i < size; i++)
        {
            journal.Record(i);
        }

        return size;
    }
}

/// <summary>Threads that record entries, a few of them refused; a thread that has not finished at the limit is stuck.</summary>
public static class Program
{
    private const int Threads = 4;
    private const int Each = 2_000;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(4);

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var journal = new Journal();
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            RecordAll(journal, new Random(seed + number));
        }) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        var end = DateTime.UtcNow + s_limit;
        var stuck = threads.Count(thread => !thread.Join(end > DateTime.UtcNow ? end - DateTime.UtcNow : TimeSpan.Zero));
        Console.WriteLine($"OUTCOME stuck-threads={stuck} of {Threads}");
    }

    private static void RecordAll(Journal journal, Random random)
    {
        for (var i = 0; i < Each; i++)
        {
            try
            {
                journal.Record(random.Next(200) - 1);
            }
            catch (ArgumentOutOfRangeException)
            {
                // A refused entry is the caller's everyday business; the journal must survive it.
            }
        }
    }
}
