using Xunit;

namespace Threadwise.Runtime.Tests.Maps;

/// <summary>Maps inside maps have together no more workers than one.</summary>
public class Budgets
{
    private static readonly int[] Eight = new int[8];

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(5)]
    public async Task Eight_by_eight_by_eight_never_exceed_the_limit(int limit)
    {
        var (meter, leaves) = (new Meter(), 0);
        var options = new MapOptions { Degree = 8 };
        using (DegreeBudget.Limit(limit))
        {
            Assert.Equal(limit, DegreeBudget.Current);
            ParallelMap.ForEach(Eight, _ => ParallelMap.ForEach(Eight, _ => ParallelMap.ForEach(Eight, _ => meter.Count(() => Interlocked.Increment(ref leaves)), options), options), options);
            Assert.InRange(meter.Most, 1, limit);
            await ParallelMap.ForEachAsync(Eight, async (_, cancel) => await ParallelMap.ForEachAsync(Eight, async (_, _) => await meter.CountAsync(async () =>
            {
                Interlocked.Increment(ref leaves);
                await Task.Yield();
            }), options, cancellationToken: cancel), options);
        }

        Assert.InRange(meter.Most, 1, limit);
        Assert.Equal(512 + 64, leaves);
        Assert.Null(DegreeBudget.Current);
    }

    [Theory, InlineData(Partitioning.Auto), InlineData(Partitioning.One), InlineData(Partitioning.FreshPerItem)]
    public void Without_a_limit_it_is_the_processors_or_the_outer_degree(Partitioning partitioning)
    {
        foreach (var degree in new[] { Degree.Auto, new Degree(8) })
        {
            var meter = new Meter();
            var options = new MapOptions { Degree = degree, Partitioning = partitioning };
            ParallelMap.ForEach(Eight, _ =>
            {
                Assert.Equal(Math.Max(Environment.ProcessorCount, degree.Value), DegreeBudget.Current);
                ParallelMap.ForEach(Eight, _ => meter.Count(static () => Thread.SpinWait(100)), options);
            }, options);
            Assert.InRange(meter.Most, 1, Math.Max(Environment.ProcessorCount, degree.Value));
        }
    }

    [Fact]
    public async Task What_the_outer_map_leaves_the_inner_one_may_use()
    {
        using var limit = DegreeBudget.Limit(3);
        using var inside = new CountdownEvent(3);
        // One outer item, so the inner map can have all three: each waits for the others.
        await Task.Run(() => ParallelMap.ForEach([0], _ => ParallelMap.ForEach(Eight[..3], _ =>
        {
            inside.Signal();
            inside.Wait();
        }, new MapOptions { Degree = 8 }), new MapOptions { Degree = 8 })).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Workers_that_others_give_back_are_taken_when_the_next_item_is()
    {
        using var limit = DegreeBudget.Limit(2);
        using var otherIsOver = new ManualResetEventSlim();
        var meter = new Meter();
        // The first outer item's map begins while the other outer worker has the second place; the second item ends, and its place is free.
        await Task.Run(() => ParallelMap.ForEach([0, 1], outer =>
        {
            if (outer == 1)
                return;
            var until = Environment.TickCount64 + 30_000;
            ParallelMap.ForEach(new int[200_000], _ => meter.Count(() =>
            {
                if (meter.Most < 2 && Environment.TickCount64 < until)
                    Thread.Sleep(1);
            }), new MapOptions { Partitioning = Partitioning.One });
        }, new MapOptions { Degree = 2, Partitioning = Partitioning.One }));
        Assert.Equal(2, meter.Most);
    }

    [Fact]
    public void A_limit_inside_a_limit_gives_no_more_and_ends_with_its_scope()
    {
        using (DegreeBudget.Limit(4))
        {
            var inner = DegreeBudget.Limit(9);
            Assert.Equal(4, DegreeBudget.Current);
            inner.Dispose();
            inner.Dispose();
            using (DegreeBudget.Limit(2))
                Assert.Equal(2, DegreeBudget.Current);
            Assert.Equal(4, DegreeBudget.Current);
        }

        Assert.Null(DegreeBudget.Current);
    }

    [Fact]
    public void A_limit_disposed_of_twice_does_not_end_another()
    {
        var first = DegreeBudget.Limit(2);
        first.Dispose();
        using (DegreeBudget.Limit(3))
        {
            first.Dispose();
            Assert.Equal(3, DegreeBudget.Current);
        }
    }

    [Fact]
    public void Every_worker_taken_is_given_back()
    {
        var budget = new Budget(new Degree(4), null);
        Budget.Ambient = budget;
        for (var i = 0; i < 200; i++)
        {
            ParallelMap.ForEach(Eight, _ => ParallelMap.ForEach(Eight, static _ => { }, new MapOptions { Degree = 4 }), new MapOptions { Degree = 4 });
            Assert.ThrowsAny<Exception>(() => ParallelMap.ForEach(Eight, static item => Fail(), new MapOptions { Degree = 4 }));
        }

        Budget.Ambient = null;
        Assert.True(budget.TryTake() && budget.TryTake() && budget.TryTake());
        Assert.False(budget.TryTake());

        static void Fail() => throw new InvalidOperationException();
    }
}
