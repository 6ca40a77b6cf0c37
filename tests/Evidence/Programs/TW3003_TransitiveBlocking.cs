using System;
using System.Threading.Tasks;

/// <summary>A service whose async reply asks for a price, and two calls further down a thread waits until it is there.</summary>
internal static class Shop
{
    public static async Task<int> ReplyAsync(int item, int delay)
    {
        await StoreAsync();
        return Price(item, delay) + 1;
    }

    private static int Price(int item, int delay)
    {
        return Math.Max(0, Load(item, delay));
    }

    private static int Load(int item, int delay)
    {
        return FetchAsync(item, delay).Result;
    }

    private static async Task<int> FetchAsync(int item, int delay)
    {
        await Task.Delay(delay).ConfigureAwait(false);
        return item;
    }

    private static Task StoreAsync() => Task.CompletedTask;
}

/// <summary>What awaiting gains where threads are few: the time until <c>size</c> requests are answered by eight threads, each after ten milliseconds.</summary>
public static class Scenario
{
    public const string Measures = "64 calls of Shop.ReplyAsync that wait 10 ms each, started at once on a scheduler of 8 threads, until the last has returned";
    public const int Size = 64;
    public const int Operations = 1;

    public static long Run(int size) => Callers.OnEightThreads(size, item => Shop.ReplyAsync(item, 10));
}

/// <summary>Concurrent requests, each of which needs a fifth of a second; one that takes ten times as long is late.</summary>
public static class Program
{
    public static void Main() => Callers.OnThePool("replies", item => Shop.ReplyAsync(item, Callers.Delay));
}
