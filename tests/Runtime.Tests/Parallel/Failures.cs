using System.Collections.Concurrent;
using Xunit;

namespace Threadwise.Runtime.Tests.Maps;

/// <summary>What happens when an item fails: what stops, which exception is seen, and that it is seen once.</summary>
public class Failures
{
    public static TheoryData<Partitioning, int> All => new(
        from partitioning in Enum.GetValues<Partitioning>()
        from degree in new[] { 1, 3 }
        select new TheoryDataRow<Partitioning, int>(partitioning, degree));

    [Theory, MemberData(nameof(All))]
    public void The_first_is_thrown_as_it_is_and_no_worker_begins_another_item(Partitioning partitioning, int degree)
    {
        var (failure, begunAfter, hasFailed) = (new InvalidOperationException("on purpose"), 0, false);
        var options = new MapOptions { Partitioning = partitioning, Degree = degree };
        var thrown = Record.Exception(() => ParallelMap.ForEach(Enumerable.Range(0, 1_000).ToArray(), item =>
        {
            begunAfter += Volatile.Read(ref hasFailed) ? 1 : 0;
            if (item != 10)
                return;
            Volatile.Write(ref hasFailed, true);
            throw failure;
        }, options));
        Assert.Same(failure, thrown);
        // With several workers others go on until the failure has been noted, which is no count that could be checked.
        Assert.True(degree > 1 || begunAfter == 0);
    }

    [Theory, MemberData(nameof(All))]
    public async Task The_token_of_the_others_is_cancelled_and_they_are_waited_for(Partitioning partitioning, int degree)
    {
        var (running, all) = (0, new TaskCompletionSource());
        var thrown = await Record.ExceptionAsync(() => ParallelMap.ForEachAsync(Enumerable.Range(0, 3 * degree).ToArray(), async (item, cancel) =>
        {
            var place = Interlocked.Increment(ref running);
            if (place == degree)
                all.SetResult();
            await all.Task;
            try
            {
                if (place == degree)
                    throw new InvalidOperationException("on purpose");
                await Task.Delay(Timeout.Infinite, cancel);
            }
            finally
            {
                await Task.Yield();
                Interlocked.Decrement(ref running);
            }
        }, new MapOptions { Partitioning = partitioning, Degree = degree }));
        Assert.Equal("on purpose", Assert.IsType<InvalidOperationException>(thrown).Message);
        Assert.Equal(0, running);
    }

    [Theory, MemberData(nameof(All))]
    public void All_items_are_tried_if_that_is_wished_and_all_failures_thrown_in_order(Partitioning partitioning, int degree)
    {
        var tried = new ConcurrentBag<int>();
        var options = new MapOptions { Partitioning = partitioning, Degree = degree, OnFailure = FailurePolicy.Continue };
        int Map(int item)
        {
            tried.Add(item);
            return item % 10 == 3 ? throw new InvalidOperationException($"{item}") : item;
        }

        var items = Enumerable.Range(0, 100).ToArray();
        Check(Record.Exception(() => ParallelMap.Map(items, Map, options)));
        Check(Record.Exception(() => ParallelMap.Map(items, Map, options, weight: item => item)));
        Check(Record.Exception(() => ParallelMap.MapAsync(items, (item, _) => new ValueTask<int>(Map(item)), options).GetAwaiter().GetResult()));

        void Check(Exception? thrown)
        {
            Assert.Equal(["3", "13", "23", "33", "43", "53", "63", "73", "83", "93"], Assert.IsType<AggregateException>(thrown).InnerExceptions.Select(inner => inner.Message));
            Assert.Equal(items, tried.Order());
            tried.Clear();
        }
    }

    [Fact]
    public void A_stream_gives_the_results_before_the_failure_and_then_the_failure()
    {
        var results = new List<int>();
        var options = new MapOptions { Degree = 1 };
        var thrown = Record.Exception(() =>
        {
            foreach (var result in ParallelMap.StreamAsync(Enumerable.Range(0, 10), (item, _) => item == 5 ? throw new InvalidOperationException("on purpose") : new ValueTask<int>(item), options).ToBlockingEnumerable())
                results.Add(result);
        });
        Assert.Equal("on purpose", Assert.IsType<InvalidOperationException>(thrown).Message);
        Assert.Equal([0, 1, 2, 3, 4], results);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_stream_can_leave_out_what_has_failed_and_throw_it_at_the_end(bool ordered)
    {
        var results = new List<int>();
        var options = new MapOptions { Degree = 3, OnFailure = FailurePolicy.Continue };
        var thrown = Record.Exception(() =>
        {
            foreach (var result in ParallelMap.StreamAsync(Enumerable.Range(0, 10), (item, _) => item % 2 == 1 ? throw new InvalidOperationException($"{item}") : new ValueTask<int>(item), options, ordered).ToBlockingEnumerable())
                results.Add(result);
        });
        Assert.Equal(["1", "3", "5", "7", "9"], Assert.IsType<AggregateException>(thrown).InnerExceptions.Select(inner => inner.Message));
        Assert.Equal([0, 2, 4, 6, 8], results.Order());
    }

    [Fact]
    public void A_source_that_fails_ends_the_stream()
    {
        static IEnumerable<int> Failing()
        {
            yield return 1;
            throw new InvalidOperationException("on purpose");
        }

        var options = new MapOptions { Degree = 3, OnFailure = FailurePolicy.Continue };
        var thrown = Record.Exception(() => ParallelMap.StreamAsync(Failing(), (item, _) => new ValueTask<int>(item), options).ToBlockingEnumerable().Count());
        Assert.Equal("on purpose", Assert.IsType<InvalidOperationException>(thrown).Message);
    }

    [Theory, InlineData("seed"), InlineData("step"), InlineData("merge")]
    public void What_a_sum_is_made_with_may_fail(string what)
    {
        int Fail() => throw new InvalidOperationException("on purpose");
        var thrown = Record.Exception(() => ParallelMap.Reduce(
            Enumerable.Range(0, 100).ToArray(),
            () => what == "seed" ? Fail() : 0,
            (sum, item) => what == "step" && item == 50 ? Fail() : sum + item,
            (one, other) => what == "merge" ? Fail() : one + other,
            new MapOptions { Degree = 2, Partitioning = Partitioning.Blocks }));
        Assert.Equal("on purpose", Assert.IsType<InvalidOperationException>(thrown).Message);
    }

    [Fact]
    public void A_map_can_be_made_again_after_one_has_failed()
    {
        var options = new MapOptions { Degree = 2 };
        for (var i = 0; i < 20; i++)
        {
            Assert.Throws<InvalidOperationException>(() => ParallelMap.ForEach([1, 2, 3], Fail, options));
            Assert.Equal([1, 2, 3], ParallelMap.Map([1, 2, 3], item => item, options));
        }

        static void Fail(int item) => throw new InvalidOperationException($"{item}");
    }
}
