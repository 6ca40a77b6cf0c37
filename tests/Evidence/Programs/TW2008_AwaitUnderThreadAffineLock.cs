using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

/// <summary>A ledger that awaits between taking and releasing a lock that belongs to a thread.</summary>
internal sealed class Ledger
{
    private readonly object _gate = new();
    private int _entries;

    public async Task<int> AddAsync(int pause)
    {
        Monitor.Enter(_gate);
        try
        {
            await Task.Delay(pause);
            return ++_entries;
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }
}

/// <summary>What the fix costs when nothing overlaps: one thread adds <c>size</c> entries, and every await finds its task completed.</summary>
public static class Scenario
{
    public const string Measures = "one call of Ledger.AddAsync on one thread, nobody else wants the lock and the awaited task is already completed";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var ledger = new Ledger();
        var last = 0;
        for (var i = 0; i < size; i++)
        {
            last = ledger.AddAsync(0).GetAwaiter().GetResult();
        }

        return last;
    }
}

/// <summary>Concurrent callers, who resume on whatever thread is free; a caller fails when a call throws or has not returned at the limit.</summary>
public static class Program
{
    private const int Callers = 16;
    private static readonly TimeSpan s_work = TimeSpan.FromSeconds(0.4);
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var ledger = new Ledger();
        ThreadPool.SetMinThreads(Callers, Callers);
        var callers = Enumerable.Range(0, Callers).Select(number => Task.Run(() => AddAllAsync(ledger, new Random(seed + number)))).ToArray();
        Task.WhenAll(callers).ContinueWith(_ => { }, TaskScheduler.Default).Wait(s_limit);
        var threw = callers.Count(caller => caller.Exception?.InnerException is SynchronizationLockException);
        var stuck = callers.Count(caller => !caller.IsCompleted);
        var failed = callers.Count(caller => !caller.IsCompletedSuccessfully);
        var how = failed == 0 ? "" : $": {threw} met a SynchronizationLockException, {stuck} got stuck";
        Console.WriteLine($"OUTCOME failed-callers={failed} of {Callers}{how}");
    }

    private static async Task AddAllAsync(Ledger ledger, Random random)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < s_work;)
        {
            await ledger.AddAsync(random.Next(3));
            await Task.Delay(random.Next(3));
        }
    }
}
