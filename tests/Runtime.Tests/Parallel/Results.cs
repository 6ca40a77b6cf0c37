using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Threadwise.Runtime.Tests.Maps;

/// <summary>Whatever the partitioning, the number of items and that of workers: the results are those of one thread, each item is done once.</summary>
public class Results
{
    public static TheoryData<Partitioning> Partitionings => [.. Enum.GetValues<Partitioning>()];

    /// <summary>Partitionings that do not need to know how many items there are.</summary>
    public static TheoryData<Partitioning> OfStreams => [Partitioning.Auto, Partitioning.One, Partitioning.FreshPerItem];

    [Theory, MemberData(nameof(Partitionings))]
    public void Maps_are_what_one_thread_makes(Partitioning partitioning) => ForAll((items, degree) =>
        ParallelMap.Map(items, Twice, With(partitioning, degree)).SequenceEqual(items.Select(Twice))
        && ParallelMap.Map(items.ToList(), Twice, With(partitioning, degree)).SequenceEqual(items.Select(Twice)));

    [Theory, MemberData(nameof(Partitionings))]
    public void Asynchronous_maps_too(Partitioning partitioning) => ForAll((items, degree) =>
        ParallelMap.MapAsync(items, TwiceLater, With(partitioning, degree)).GetAwaiter().GetResult().SequenceEqual(items.Select(Twice)));

    [Theory, MemberData(nameof(Partitionings))]
    public void Each_item_is_visited_once(Partitioning partitioning) => ForAll((items, degree) =>
    {
        var (visits, later) = (new int[items.Length], new int[items.Length]);
        var places = Enumerable.Range(0, items.Length).ToArray();
        ParallelMap.ForEach(places, place => Interlocked.Increment(ref visits[place]), With(partitioning, degree));
        ParallelMap.ForEachAsync(places, async (place, _) =>
        {
            await Task.Yield();
            Interlocked.Increment(ref later[place]);
        }, With(partitioning, degree)).GetAwaiter().GetResult();
        return visits.All(count => count == 1) && later.All(count => count == 1);
    });

    /// <summary>Text put together: not commutative, so the order of the shares shows.</summary>
    [Theory, MemberData(nameof(Partitionings))]
    public void Sums_are_put_together_in_the_order_of_the_items(Partitioning partitioning) => ForAll((items, degree) =>
        ParallelMap.Reduce(items, () => "", (text, item) => $"{text}{item},", (one, other) => one + other, With(partitioning, degree)) == string.Concat(items.Select(item => $"{item},")));

    [Theory, MemberData(nameof(Partitionings))]
    public void Weights_change_the_order_of_work_and_not_that_of_results(Partitioning partitioning) => ForAll((items, degree) =>
        ParallelMap.Map(items, Twice, With(partitioning, degree), weight: item => item % 7).SequenceEqual(items.Select(Twice))
        && ParallelMap.MapAsync(items, TwiceLater, With(partitioning, degree), weight: item => item % 7).GetAwaiter().GetResult().SequenceEqual(items.Select(Twice)));

    [Theory, MemberData(nameof(OfStreams))]
    public void Streams_give_all_results_in_order_or_not(Partitioning partitioning) => ForAll((items, degree) =>
    {
        var ordered = ParallelMap.StreamAsync(items, TwiceLater, With(partitioning, degree)).ToBlockingEnumerable().ToList();
        var unordered = ParallelMap.StreamAsync(items, TwiceLater, With(partitioning, degree), ordered: false).ToBlockingEnumerable().ToList();
        return ordered.SequenceEqual(items.Select(Twice)) && unordered.Order().SequenceEqual(items.Select(Twice).Order());
    });

    [Fact]
    public void The_heaviest_item_begins_first_and_equal_ones_in_their_order()
    {
        var begun = new List<int>();
        ParallelMap.ForEach([3, 1, 30, 2, 20, 31], begun.Add, new MapOptions { Degree = 1 }, weight: item => item / 10);
        Assert.Equal([30, 31, 20, 3, 1, 2], begun);
    }

    [Fact]
    public async Task Ordered_results_wait_for_those_before_them_and_others_do_not()
    {
        var first = new TaskCompletionSource();
        async ValueTask<int> Map(int item, CancellationToken cancel)
        {
            if (item == 0)
                await first.Task;
            return item;
        }

        var unordered = ParallelMap.StreamAsync([0, 1], Map, new MapOptions { Degree = 2 }, ordered: false).GetAsyncEnumerator();
        Assert.True(await unordered.MoveNextAsync());
        Assert.Equal(1, unordered.Current);
        var ordered = ParallelMap.StreamAsync([0, 1], Map, new MapOptions { Degree = 2 }).GetAsyncEnumerator();
        var next = ordered.MoveNextAsync().AsTask();
        Assert.False(next.IsCompleted);
        first.SetResult();
        Assert.True(await next);
        Assert.Equal(0, ordered.Current);
        await unordered.DisposeAsync();
        await ordered.DisposeAsync();
    }

    [Fact]
    public async Task Streams_take_no_more_from_the_source_than_they_have_room_for()
    {
        var taken = 0;
        IEnumerable<int> Endless()
        {
            while (true)
                yield return Interlocked.Increment(ref taken);
        }

        var options = new MapOptions { Degree = 2 };
        var results = ParallelMap.StreamAsync(Endless(), TwiceLater, options).GetAsyncEnumerator();
        for (var i = 1; i <= 100; i++)
        {
            Assert.True(await results.MoveNextAsync());
            Assert.Equal(2 * i, results.Current);
            // In the channel, under way, and one that waits for room.
            Assert.InRange(Volatile.Read(ref taken), i, i + (2 * 2) + 2 + 1);
        }

        await results.DisposeAsync();
        var end = Volatile.Read(ref taken);
        await Task.Delay(20);
        Assert.Equal(end, Volatile.Read(ref taken));
    }

    [Fact]
    public void What_a_worker_leaves_in_its_context_is_not_seen_by_the_next_item_when_each_is_fresh()
    {
        var local = new AsyncLocal<int>();
        var seen = ParallelMap.Map(Enumerable.Range(1, 100).ToArray(), item =>
        {
            var before = local.Value;
            local.Value = item;
            return before;
        }, With(Partitioning.FreshPerItem, 3));
        Assert.All(seen, value => Assert.Equal(0, value));
        Assert.Equal(0, local.Value);
    }

    [Theory, InlineData(Partitioning.One), InlineData(Partitioning.FreshPerItem)]
    public async Task The_callers_context_is_there_for_every_item(Partitioning partitioning)
    {
        var local = new AsyncLocal<int> { Value = 7 };
        Assert.All(ParallelMap.Map(new int[100], _ => local.Value, With(partitioning, 4)), value => Assert.Equal(7, value));
        Assert.All(await ParallelMap.MapAsync(new int[100], (_, _) => Seen(), With(partitioning, 4)), value => Assert.Equal(7, value));
        await foreach (var value in ParallelMap.StreamAsync(new int[100], (_, _) => Seen(), With(partitioning, 4)))
            Assert.Equal(7, value);

        // What one item leaves there is not seen by the next where that is so of asynchronous methods.
        async ValueTask<int> Seen()
        {
            var seen = local.Value;
            local.Value = 0;
            await Task.Yield();
            return seen;
        }
    }

    /// <summary>Where each item is fresh, none begins on the stack of another, or in what is around a worker.</summary>
    [Fact]
    public async Task An_asynchronous_item_that_is_fresh_begins_on_the_pool_with_no_context_and_no_scheduler_of_its_own()
    {
        var places = await ParallelMap.MapAsync(new int[20], static (_, _) => new ValueTask<bool>(
            Thread.CurrentThread.IsThreadPoolThread && SynchronizationContext.Current is null && TaskScheduler.Current == TaskScheduler.Default), With(Partitioning.FreshPerItem, 3));
        Assert.All(places, Assert.True);
    }

    private static MapOptions With(Partitioning partitioning, int degree) => new() { Partitioning = partitioning, Degree = degree };

    private static int Twice(int item) => unchecked(2 * item);

    private static async ValueTask<int> TwiceLater(int item, CancellationToken cancel)
    {
        if ((item & 3) == 0)
            await Task.Yield();
        return Twice(item);
    }

    private static void ForAll(Func<int[], int, bool> holds) => Check.One(
        Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(60),
        Prop.ForAll(
            Gen.Sized(size => ArbMap.Default.GeneratorFor<int>().ArrayOf(size * size / 20)).ToArbitrary(),
            Gen.Choose(1, 9).ToArbitrary(),
            (items, degree) => holds(items, degree)));
}
