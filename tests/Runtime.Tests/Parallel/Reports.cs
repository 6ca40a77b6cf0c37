using Xunit;

namespace Threadwise.Runtime.Tests.Maps;

/// <summary>Progress is told in growing numbers, one at a time, seldom, and at last of all.</summary>
public class Reports
{
    public static TheoryData<Partitioning, int> All => Failures.All;

    [Theory, MemberData(nameof(All))]
    public async Task Grow_up_to_all(Partitioning partitioning, int degree)
    {
        foreach (var count in new[] { 1, 7, 100, 12_345 })
        {
            var options = new MapOptions { Partitioning = partitioning, Degree = degree, Progress = new Listener() };
            ParallelMap.ForEach(new int[count], static _ => { }, options);
            Check(options, count);
            options = options with { Progress = new Listener() };
            await ParallelMap.MapAsync(new int[count], static async (item, _) =>
            {
                await Task.Yield();
                return item;
            }, options);
            Check(options, count);
        }
    }

    [Fact]
    public void Of_a_stream_have_no_total()
    {
        var listener = new Listener();
        Assert.Equal(50, ParallelMap.StreamAsync(new int[50], static (item, _) => new ValueTask<int>(item), new MapOptions { Progress = listener, Degree = 3 }).ToBlockingEnumerable().Count());
        Assert.Equal(new MapProgress(50, null), listener.All[^1]);
    }

    [Fact]
    public void Count_items_that_have_failed()
    {
        var listener = new Listener();
        Assert.Throws<AggregateException>(() => ParallelMap.Map(new int[10], static int (_) => throw new InvalidOperationException(), new MapOptions { Progress = listener, OnFailure = FailurePolicy.Continue }));
        Assert.Equal(new MapProgress(10, 10), listener.All[^1]);
    }

    [Fact]
    public async Task That_fail_fail_the_map_once_and_not_the_item()
    {
        var items = 0;
        var options = new MapOptions { Progress = new Listener { FailsAt = 5 }, Retry = new Retry(3), OnFailure = FailurePolicy.Continue, Degree = 1 };
        Assert.Throws<NotSupportedException>(() => ParallelMap.ForEach(new int[10], _ => { items++; }, options));
        Assert.Equal(5, items);
        await Assert.ThrowsAsync<NotSupportedException>(() => ParallelMap.ForEachAsync(new int[10], static (_, _) => default, options with { Progress = new Listener { FailsAt = 10 } }));
    }

    [Fact]
    public void Of_nothing_are_none()
    {
        var listener = new Listener();
        ParallelMap.ForEach([], static (int _) => { }, new MapOptions { Progress = listener });
        Assert.Empty(listener.All);
    }

    private static void Check(MapOptions options, int count)
    {
        var all = ((Listener)options.Progress!).All;
        Assert.Equal(new MapProgress(count, count), all[^1]);
        Assert.All(all.Zip(all.Skip(1)), pair => Assert.True(pair.First.Done < pair.Second.Done));
        Assert.InRange(all.Count, 1, 102);
    }

    private sealed class Listener : IProgress<MapProgress>
    {
        private int _inside;

        public List<MapProgress> All { get; } = [];

        public int FailsAt { get; init; }

        public void Report(MapProgress value)
        {
            Assert.Equal(1, Interlocked.Increment(ref _inside));
            All.Add(value);
            Interlocked.Decrement(ref _inside);
            if (value.Done == FailsAt)
                throw new NotSupportedException();
        }
    }
}
