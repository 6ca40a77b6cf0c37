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

    public static long Run(int size) => Callers.OnEightThreads(size, _ => new Counter().ServeAsync(10));
}

/// <summary>Concurrent customers, each of whom is called after a fifth of a second; one who waits ten times as long is served late.</summary>
public static class Program
{
    public static void Main() => Callers.OnThePool("customers", _ => new Counter().ServeAsync(Callers.Delay), calls: 32);
}
