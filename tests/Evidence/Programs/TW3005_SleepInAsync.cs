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

    public static long Run(int size) => Callers.OnEightThreads(size, _ => Poller.PollAsync(10));
}

/// <summary>Concurrent polls, each of which needs a fifth of a second; one that takes ten times as long is late.</summary>
public static class Program
{
    public static void Main() => Callers.OnThePool("polls", _ => Poller.PollAsync(Callers.Delay));
}
