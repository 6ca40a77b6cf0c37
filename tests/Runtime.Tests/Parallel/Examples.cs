using System.Collections.Concurrent;
using Xunit;

namespace Threadwise.Runtime.Tests.Maps;

/// <summary>The examples of the README, as they stand there, and that the good ones do what the bad ones were meant to.</summary>
public class Examples
{
    private readonly record struct Order(int Id, decimal Total);

    private static readonly Order[] Orders = [.. Enumerable.Range(1, 1_000).Select(id => new Order(id, id))];

    [Fact]
    public void Results_in_order()
    {
        Assert.Equal(Orders.Length, new Bad().Invoices(Orders).Count);
        Assert.Equal(Orders.Select(Render), Good.Invoices(Orders));
    }

    [Fact]
    public void A_sum_without_a_lock()
    {
        Assert.Equal(500_500, Bad.Total(Orders));
        Assert.Equal(500_500, Good.Total(Orders));
    }

    [Fact]
    public async Task So_many_at_a_time()
    {
        Assert.Equal(Orders.Select(Render), await Bad.AllAsync(Orders, default));
        Assert.Equal(Orders.Select(Render), await Good.AllAsync(Orders, default));
        var saved = new List<string>();
        await Good.SaveAsync(Feed(), saved.Add, default);
        Assert.Equal(Orders.Select(Render), saved);
    }

    [Fact]
    public void No_thread_for_each() => Assert.Equal(Bad.Threads(Orders[..50]).Order(), Good.Invoices(Orders[..50]).Order());

    [Fact]
    public void A_degree_that_changes()
    {
        var upload = new Upload();
        upload.Start(Orders);
        upload.Hurry();
        upload.Wait();
    }

    [Fact]
    public void Maps_inside_maps()
    {
        Assert.Equal(64, Good.Tiles(8).Sum(row => row.Length));
        Good.Background(Orders);
    }

    [Fact]
    public void Plans_and_laws() => Assert.Equal(
        ["2 workers, Guided in chunks of 2 or more: 1000 items of 500 ns are 500 µs; each worker has at least 125 µs of it, 25 times what calling it costs; "
         + "a chunk takes at least 20 times the 50 ns of handing it out; about 2.0 times as fast",
         "10.0 % not divided, at most 10 times as fast, samples off by 0.0 %"],
        [.. Good.Explain(2).Select(line => line)]);

    private static string Render(Order order) => $"{order.Id}: {order.Total}";

    private static ValueTask<string> RenderAsync(Order order, CancellationToken cancel) => new(Render(order));

    private static async IAsyncEnumerable<Order> Feed()
    {
        foreach (var order in Orders)
        {
            await Task.Yield();
            yield return order;
        }
    }

    private static Task SendAsync(Order order, CancellationToken cancel) => Task.Delay(1, cancel);

    private static int Tile(int x, int y) => x * y;

    private sealed class Bad
    {
        private readonly ConcurrentBag<string> _bag = [];

        public ICollection<string> Invoices(Order[] orders)
        {
            // bad: a List would lose some, and a bag gives them in any order
            Parallel.ForEach(orders, order => _bag.Add(Render(order)));
            return _bag.ToArray();
        }

        public static decimal Total(Order[] orders)
        {
            // bad: every item waits for the lock of all others
            var (gate, total) = (new object(), 0m);
            Parallel.ForEach(orders, order => { lock (gate) total += order.Total; });
            return total;
        }

        public static Task<string[]> AllAsync(Order[] orders, CancellationToken cancel)
        {
            // bad: all at once, however many there are, and when one fails the others go on
            return Task.WhenAll(orders.Select(order => RenderAsync(order, cancel).AsTask()));
        }

        public static IEnumerable<string> Threads(Order[] orders)
        {
            // bad: a thread costs more than most items
            var results = new string[orders.Length];
            var threads = orders.Select((order, i) => new Thread(() => results[i] = Render(order))).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
            return results;
        }
    }

    private static class Good
    {
        public static string[] Invoices(Order[] orders)
        {
            return ParallelMap.Map(orders, order => Render(order));
        }

        public static decimal Total(Order[] orders)
        {
            return ParallelMap.Reduce(orders, () => 0m, (sum, order) => sum + order.Total, (one, other) => one + other);
        }

        public static async Task<string[]> AllAsync(Order[] orders, CancellationToken cancel)
        {
            return await ParallelMap.MapAsync(orders, RenderAsync, new MapOptions { Degree = 8, Retry = new Retry(2) }, cancellationToken: cancel);
        }

        public static async Task SaveAsync(IAsyncEnumerable<Order> feed, Action<string> save, CancellationToken cancel)
        {
            await foreach (var text in ParallelMap.StreamAsync(feed, RenderAsync, cancellationToken: cancel))
                save(text);
        }

        public static int[][] Tiles(int size)
        {
            var rows = Enumerable.Range(0, size).ToArray();
            return ParallelMap.Map(rows, y => ParallelMap.Map(rows, x => Tile(x, y)));
        }

        public static void Background(Order[] orders)
        {
            using (DegreeBudget.Limit(1))
                ParallelMap.ForEach(orders, order => { Render(order); });
        }

        public static IEnumerable<string> Explain(int workers)
        {
            var plan = Plan.For(count: 1_000, itemNanoseconds: 500, workers: workers);
            yield return plan.ToString();

            var fit = Scaling.Fit([new(1, TimeSpan.FromSeconds(10)), new(2, TimeSpan.FromSeconds(5.5)), new(4, TimeSpan.FromSeconds(3.25))]);
            yield return fit.ToString();
        }
    }

    private sealed class Upload
    {
        private readonly Degree _degree = new(2);
        private Task _running = Task.CompletedTask;

        public void Start(Order[] orders) =>
            _running = ParallelMap.ForEachAsync(orders, async (order, cancel) => await SendAsync(order, cancel), new MapOptions { Degree = _degree });

        public void Hurry() => _degree.Value = 16;

        public void Wait() => _running.Wait();
    }
}
