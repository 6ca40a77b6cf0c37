using System.Threading.Tasks;

/// <summary>A service whose async reply blocks its thread until the price is there.</summary>
internal static class Shop
{
    public static async Task<int> ReplyAsync(int item, int delay)
    {
        var price = PriceAsync(item, delay).Result;
        await StoreAsync();
        return price;
    }

    private static async Task<int> PriceAsync(int item, int delay)
    {
        await Task.Delay(delay).ConfigureAwait(false);
        return item;
    }

    private static Task StoreAsync() => Task.CompletedTask;
}

/// <summary>What the fix gains where threads are few: the time until <c>size</c> requests are answered by eight threads, each after ten milliseconds.</summary>
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
