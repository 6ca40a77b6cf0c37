using System.Threading;
using System.Threading.Tasks;

/// <summary>A report whose parts are computed in the pool, each of which waits there for what the pool is to load.</summary>
internal static class Report
{
    public static Task<int> Start(int part, int delay)
    {
        return Task.Run(() => Sum(part, delay));
    }

    private static int Sum(int part, int delay)
    {
        var rate = Task.Run(() => LoadRateAsync(delay));
        return part * rate.Result;
    }

    private static async Task<int> LoadRateAsync(int delay)
    {
        await Task.Delay(delay).ConfigureAwait(false);
        return 2;
    }
}

/// <summary>What awaiting gains where threads are not few: the pool of a process that measures has grown to the load.</summary>
public static class Scenario
{
    public const string Measures = "64 calls of Report.Start that wait 10 ms each, started at once, until the last has returned; on the pool of the measuring process, which has grown to the load";
    public const int Size = 64;
    public const int Operations = 1;

    public static long Run(int size) => Callers.OnEightThreads(size, part => Report.Start(part, 10));
}

/// <summary>Parts that are begun at once, each of which needs a fifth of a second; one that takes ten times as long is late.</summary>
public static class Program
{
    public static void Main() => Callers.OnThePool("parts", part => Report.Start(part, Callers.Delay));
}
