using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Linq;
using System.Threading;
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

    public static long Run(int size)
    {
        var eight = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, 8).ConcurrentScheduler;
        var orders = Enumerable.Range(0, size).Select(_ => Task.Factory.StartNew(
            () => Shop.OrderAsync([0, 0], 10), CancellationToken.None, TaskCreationOptions.None, eight).Unwrap()).ToArray();
        Task.WaitAll(orders);
        return orders.Length;
    }
}

/// <summary>Concurrent orders, each of which needs about half a second; one that takes six times as long is late.</summary>
public static class Program
{
    private const int Orders = 32;
    private const int Delay = 200;
    private const int Late = 3000;

    public static void Main()
    {
        var watch = Stopwatch.StartNew();
        var stored = new long[Orders];
        var orders = Enumerable.Range(0, Orders).Select(order => Task.Run(() => Shop.OrderAsync([1, 2, 3, 4], Delay))
            .ContinueWith(_ => stored[order] = watch.ElapsedMilliseconds, TaskContinuationOptions.ExecuteSynchronously)).ToArray();
        Task.WaitAll(orders);
        Console.WriteLine($"OUTCOME late-orders={stored.Count(time => time > Late)} of {Orders}, the last after {stored.Max()} ms");
    }
}
