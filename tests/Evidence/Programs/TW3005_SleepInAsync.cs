using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

/// <summary>A poller whose async method puts its thread to sleep.</summary>
internal static class Poller
{
    public static async Task PollAsync(int delay)
    {
        Thread.Sleep(delay);
        await StoreAsync();
    }

    private static Task StoreAsync() => Task.CompletedTask;
}

/// <summary>What the fix gains where threads are few: the time until <c>size</c> polls are done by eight threads, each after ten milliseconds.</summary>
public static class Scenario
{
    public const string Measures = "64 calls of Poller.PollAsync that pause 10 ms each, started at once on a scheduler of 8 threads, until the last has returned";
    public const int Size = 64;
    public const int Operations = 1;

    public static long Run(int size)
    {
        var eight = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, 8).ConcurrentScheduler;
        var polls = Enumerable.Range(0, size).Select(_ => Task.Factory.StartNew(
            () => Poller.PollAsync(10), CancellationToken.None, TaskCreationOptions.None, eight).Unwrap()).ToArray();
        Task.WaitAll(polls);
        return polls.Length;
    }
}

/// <summary>Concurrent polls, each of which needs a fifth of a second; one that takes ten times as long is late.</summary>
public static class Program
{
    private const int Polls = 64;
    private const int Delay = 200;
    private const int Late = 10 * Delay;

    public static void Main()
    {
        var watch = Stopwatch.StartNew();
        var done = new long[Polls];
        var polls = Enumerable.Range(0, Polls).Select(number => Task.Run(() => Poller.PollAsync(Delay))
            .ContinueWith(_ => done[number] = watch.ElapsedMilliseconds, TaskContinuationOptions.ExecuteSynchronously)).ToArray();
        Task.WaitAll(polls);
        Console.WriteLine($"OUTCOME late-polls={done.Count(time => time > Late)} of {Polls}, the last after {done.Max()} ms");
    }
}
