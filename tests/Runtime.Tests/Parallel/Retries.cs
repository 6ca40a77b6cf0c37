using Xunit;

namespace Threadwise.Runtime.Tests.Maps;

/// <summary>Items that have failed are tried again as often as said, after the time said, and not when it cannot help.</summary>
public class Retries
{
    [Theory, InlineData(0), InlineData(1), InlineData(3)]
    public async Task An_item_is_tried_so_often(int times)
    {
        var tries = new int[10];
        var options = new MapOptions { Degree = 2, Retry = new Retry(times), OnFailure = FailurePolicy.Continue };
        int Fail(int item) => throw new InvalidOperationException($"{Interlocked.Increment(ref tries[item])}");
        var items = Enumerable.Range(0, 10).ToArray();

        var thrown = Assert.Throws<AggregateException>(() => ParallelMap.Map(items, Fail, options));
        Assert.All(thrown.InnerExceptions, inner => Assert.Equal($"{times + 1}", inner.Message));
        Assert.All(tries, count => Assert.Equal(times + 1, count));
        Array.Clear(tries);
        thrown = await Assert.ThrowsAsync<AggregateException>(() => ParallelMap.MapAsync(items, (item, _) => new ValueTask<int>(Fail(item)), options));
        Assert.Equal(10, thrown.InnerExceptions.Count);
        Assert.All(tries, count => Assert.Equal(times + 1, count));
    }

    [Fact]
    public async Task An_item_that_succeeds_in_the_end_is_like_any_other()
    {
        var tries = new int[10];
        var options = new MapOptions { Degree = 2, Retry = new Retry(2) };
        int Map(int item) => Interlocked.Increment(ref tries[item]) < 3 ? throw new InvalidOperationException() : item;
        var items = Enumerable.Range(0, 10).ToArray();
        Assert.Equal(items, ParallelMap.Map(items, Map, options));
        Array.Clear(tries);
        Assert.Equal(items, await ParallelMap.MapAsync(items, (item, _) => new ValueTask<int>(Map(item)), options));
        Array.Clear(tries);
        Assert.Equal(items, ParallelMap.StreamAsync(items, (item, _) => new ValueTask<int>(Map(item)), options).ToBlockingEnumerable());
    }

    [Fact]
    public void What_cannot_succeed_is_not_tried_again()
    {
        var tries = 0;
        var options = new MapOptions { Retry = new Retry(5) { When = failure => failure is TimeoutException } };
        Assert.Throws<InvalidOperationException>(() => ParallelMap.Map([1], int (_) => throw (++tries < 3 ? new TimeoutException() : new InvalidOperationException()), options));
        Assert.Equal(3, tries);
    }

    [Fact]
    public async Task Whoever_says_whether_to_try_again_may_fail()
    {
        var options = new MapOptions { Retry = new Retry(5) { When = _ => throw new NotSupportedException("on purpose") }, OnFailure = FailurePolicy.Continue };
        Assert.Throws<NotSupportedException>(() => ParallelMap.Map([1], int (_) => throw new InvalidOperationException(), options));
        await Assert.ThrowsAsync<NotSupportedException>(() => ParallelMap.ForEachAsync([1], (_, _) => throw new InvalidOperationException(), options));
    }

    [Fact]
    public async Task Delays_grow_as_said()
    {
        var clock = new Clock();
        var options = new MapOptions { Retry = new Retry(3, TimeSpan.FromSeconds(1), growth: 2) { Clock = clock } };
        await Assert.ThrowsAsync<InvalidOperationException>(() => ParallelMap.ForEachAsync([1], (_, _) => throw new InvalidOperationException(), options));
        Assert.Throws<InvalidOperationException>(() => ParallelMap.Map([1], int (_) => throw new InvalidOperationException(), options));
        Assert.Equal([1, 2, 4, 1, 2, 4], clock.Delays.Select(delay => delay.TotalSeconds));
    }

    [Fact]
    public async Task A_delay_ends_when_the_map_stops()
    {
        using var cancel = new CancellationTokenSource();
        var options = new MapOptions { Retry = new Retry(1, TimeSpan.FromDays(1)) };
        var map = ParallelMap.ForEachAsync([1], (_, _) =>
        {
            cancel.CancelAfter(1);
            throw new InvalidOperationException();
        }, options, cancellationToken: cancel.Token);
        Assert.Equal(cancel.Token, (await Assert.ThrowsAsync<OperationCanceledException>(() => map)).CancellationToken);
    }

    /// <summary>A clock on which every wait is over at once.</summary>
    private sealed class Clock : TimeProvider
    {
        public List<TimeSpan> Delays { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Delays.Add(dueTime);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
