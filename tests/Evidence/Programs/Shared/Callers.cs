using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

/// <summary>Many callers at once, each of whom could have an answer within a fifth of a second.</summary>
internal static class Callers
{
    /// <summary>How long the work of one call takes, in milliseconds.</summary>
    public const int Delay = 200;

    private const int All = 64;
    private const int Late = 10 * Delay;

    /// <summary>Calls from a scheduler of eight threads, and returns after the last call has.</summary>
    public static long OnEightThreads(int size, Func<int, Task> call)
    {
        var eight = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, 8).ConcurrentScheduler;
        var calls = Enumerable.Range(0, size).Select(number => Task.Factory.StartNew(
            () => call(number), CancellationToken.None, TaskCreationOptions.None, eight).Unwrap()).ToArray();
        Task.WaitAll(calls);
        return calls.Length;
    }

    /// <summary>Calls from the thread pool, and prints how many answers took ten times as long as they need.</summary>
    public static void OnThePool(string answers, Func<int, Task> call, int calls = All, int late = Late)
    {
        var watch = Stopwatch.StartNew();
        var answered = new long[calls];
        var all = Enumerable.Range(0, calls).Select(number => Task.Run(() => call(number))
            .ContinueWith(_ => answered[number] = watch.ElapsedMilliseconds, TaskContinuationOptions.ExecuteSynchronously)).ToArray();
        Task.WaitAll(all);
        Console.WriteLine($"OUTCOME late-{answers}={answered.Count(time => time > late)} of {calls}, the last after {answered.Max()} ms");
    }
}
