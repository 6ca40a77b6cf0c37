using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

/// <summary>A counter whose async method blocks its thread until the customer is called up.</summary>
internal sealed class Counter
{
    private readonly SemaphoreSlim _called = new(0);

    public async Task ServeAsync(int delay)
    {
        _ = CallAsync(delay);
        _called.Wait();
        await StoreAsync();
    }

    private async Task CallAsync(int delay)
    {
        await Task.Delay(delay).ConfigureAwait(false);
        _called.Release();
    }

    private static Task StoreAsync() => Task.CompletedTask;
}

/// <summary>What the fix gains where threads are few: the time until <c>size</c> customers are served by eight threads, each after ten milliseconds.</summary>
public static class Scenario
{
    public const string Measures = "64 calls of Counter.ServeAsync that wait 10 ms for a semaphore each, started at once on a scheduler of 8 threads, until the last has returned";
    public const int Size = 64;
    public const int Operations = 1;

    public static long Run(int size)
    {
        var eight = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, 8).ConcurrentScheduler;
        var served = Enumerable.Range(0, size).Select(_ => Task.Factory.StartNew(
            () => new Counter().ServeAsync(10), CancellationToken.None, TaskCreationOptions.None, eight).Unwrap()).ToArray();
        Task.WaitAll(served);
        return served.Length;
    }
}

/// <summary>Concurrent customers, each of whom is called after a fifth of a second; one who waits ten times as long is served late.</summary>
public static class Program
{
    private const int Customers = 64;
    private const int Delay = 200;
    private const int Late = 10 * Delay;

    public static void Main()
    {
        var watch = Stopwatch.StartNew();
        var served = new long[Customers];
        var all = Enumerable.Range(0, Customers).Select(number => Task.Run(() => new Counter().ServeAsync(Delay))
            .ContinueWith(_ => served[number] = watch.ElapsedMilliseconds, TaskContinuationOptions.ExecuteSynchronously)).ToArray();
        Task.WaitAll(all);
        Console.WriteLine($"OUTCOME late-customers={served.Count(time => time > Late)} of {Customers}, the last after {served.Max()} ms");
    }
}
