using System.Threading.Tasks;

/// <summary>A service that stores the items of an order side by side.</summary>
internal static class Shop
{
    public static async Task<int> OrderAsync(int[] items, int delay)
    {
        await Task.Yield();
        Parallel.ForEach(items, item => StoreAsync(item, delay).Wait());
        return items.Length;
    }

    private static async Task StoreAsync(int item, int delay) => await Task.Delay(delay + item).ConfigureAwait(false);
}

/// <summary>What the fix gains where threads are few: the time until <c>size</c> orders of two items are stored, started on eight threads, each item after ten milliseconds.</summary>
public static class Scenario
{
    public const string Measures = "64 calls of Shop.OrderAsync with two items of 10 ms each, started at once on a scheduler of 8 threads, until the last has returned";
    public const int Size = 64;
    public const int Operations = 1;

    public static long Run(int size) => Callers.OnEightThreads(size, _ => Shop.OrderAsync([0, 0], 10));
}

/// <summary>Concurrent orders, each of which needs about half a second; one that takes six times as long is late.</summary>
public static class Program
{
    public static void Main() => Callers.OnThePool("orders", _ => Shop.OrderAsync([1, 2, 3, 4], Callers.Delay), calls: 20, late: 3000);
}
