using Xunit;

namespace Threadwise.Runtime.Tests.Maps;

/// <summary>Cancelled maps begin no further item, wait for those that have begun, and throw the token they were given.</summary>
public class Cancellation
{
    public static TheoryData<Partitioning, int> All => Failures.All;

    [Theory, MemberData(nameof(All))]
    public void Each_worker_notices_before_its_next_item(Partitioning partitioning, int degree)
    {
        using var cancel = new CancellationTokenSource();
        var (running, late, isCancelled) = (0, 0, false);
        var thrown = Assert.Throws<OperationCanceledException>(() => ParallelMap.ForEach(Enumerable.Range(0, 10_000).ToArray(), item =>
        {
            Interlocked.Increment(ref running);
            if (Volatile.Read(ref isCancelled))
                Interlocked.Increment(ref late);
            if (item == 100)
            {
                cancel.Cancel();
                Volatile.Write(ref isCancelled, true);
            }

            Interlocked.Decrement(ref running);
        }, new MapOptions { Partitioning = partitioning, Degree = degree }, cancellationToken: cancel.Token));
        Assert.Equal(cancel.Token, thrown.CancellationToken);
        Assert.Equal(0, running);
        // Another may have been just about to begin one.
        Assert.InRange(late, 0, degree - 1);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Asynchronous_items_are_told(Partitioning partitioning, int degree)
    {
        using var cancel = new CancellationTokenSource();
        var running = 0;
        var map = ParallelMap.MapAsync(new int[100], async (_, token) =>
        {
            if (Interlocked.Increment(ref running) == degree)
                cancel.Cancel();
            try
            {
                await Task.Delay(Timeout.Infinite, token);
                return 0;
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        }, new MapOptions { Partitioning = partitioning, Degree = degree }, cancellationToken: cancel.Token);
        Assert.Equal(cancel.Token, (await Assert.ThrowsAsync<OperationCanceledException>(() => map)).CancellationToken);
        Assert.Equal(0, running);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_starts_nothing()
    {
        var (token, count) = (new CancellationToken(canceled: true), 0);
        Assert.Equal(token, Assert.Throws<OperationCanceledException>(() => ParallelMap.Map([1], _ => count++, weight: _ => count++, cancellationToken: token)).CancellationToken);
        Assert.Throws<OperationCanceledException>(() => ParallelMap.ForEach([1], _ => count++, cancellationToken: token));
        Assert.Throws<OperationCanceledException>(() => ParallelMap.Reduce([1], () => count++, (_, _) => count++, (_, _) => count++, cancellationToken: token));
        var map = ParallelMap.MapAsync([1], (_, _) => new ValueTask<int>(count++), cancellationToken: token);
        Assert.True(map.IsCanceled);
        Assert.Equal(token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => map)).CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ParallelMap.ForEachAsync([1], (_, _) => new ValueTask(Task.FromResult(count++)), cancellationToken: token));
        var stream = ParallelMap.StreamAsync([1], (_, _) => new ValueTask<int>(count++), cancellationToken: token).GetAsyncEnumerator();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await stream.MoveNextAsync());
        Assert.Equal(0, count);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_stream_that_nobody_reads_any_more_stops_and_ends_what_it_has_begun(bool ordered)
    {
        var (running, disposed) = (0, false);
        async IAsyncEnumerable<int> Endless()
        {
            try
            {
                for (var i = 0; ; i++)
                {
                    await Task.Yield();
                    yield return i;
                }
            }
            finally
            {
                disposed = true;
            }
        }

        async ValueTask<int> Map(int item, CancellationToken cancel)
        {
            Interlocked.Increment(ref running);
            try
            {
                await Task.Delay(item < 4 ? 1 : Timeout.Infinite, cancel);
                return item;
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        }

        await foreach (var result in ParallelMap.StreamAsync(Endless(), Map, new MapOptions { Degree = 3 }, ordered))
            break;
        Assert.Equal(0, running);
        Assert.True(disposed);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_stream_can_be_cancelled_by_the_token_of_its_making_and_by_that_of_its_reading(bool byReading)
    {
        using var cancel = new CancellationTokenSource();
        using var other = new CancellationTokenSource();
        var stream = ParallelMap.StreamAsync(Enumerable.Range(0, 10), async (_, token) =>
        {
            cancel.CancelAfter(1);
            await Task.Delay(Timeout.Infinite, token);
            return 0;
        }, cancellationToken: byReading ? other.Token : cancel.Token);
        var results = stream.GetAsyncEnumerator(byReading ? cancel.Token : other.Token);
        Assert.Equal(cancel.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await results.MoveNextAsync())).CancellationToken);
    }

    [Fact]
    public void Failures_so_far_are_not_lost()
    {
        using var cancel = new CancellationTokenSource();
        var thrown = Assert.Throws<OperationCanceledException>(() => ParallelMap.ForEach([1, 2, 3], item =>
        {
            if (item == 2)
                cancel.Cancel();
            if (item > 0)
                throw new InvalidOperationException($"{item}");
        }, new MapOptions { Degree = 1, OnFailure = FailurePolicy.Continue }, cancellationToken: cancel.Token));
        Assert.Equal(["1", "2"], Assert.IsType<AggregateException>(thrown.InnerException).InnerExceptions.Select(inner => inner.Message));
    }

    [Fact]
    public void A_caller_that_is_interrupted_waits_for_the_others_all_the_same()
    {
        using var goOn = new ManualResetEventSlim();
        using var begun = new CountdownEvent(2);
        var (ended, thrown) = (0, (Exception?)null);
        Thread? caller = null;
        caller = new Thread(() => thrown = Record.Exception(() => ParallelMap.ForEach([1, 2], _ =>
        {
            begun.Signal();
            (Thread.CurrentThread == caller ? begun.WaitHandle : goOn.WaitHandle).WaitOne();
            Interlocked.Increment(ref ended);
        }, new MapOptions { Degree = 2, Partitioning = Partitioning.One })));
        caller.Start();
        begun.Wait();
        SpinWait.SpinUntil(() => Volatile.Read(ref ended) == 1 && caller.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
        caller.Interrupt();
        Thread.Sleep(5);
        Assert.True(caller.IsAlive);
        goOn.Set();
        caller.Join();
        Assert.IsType<ThreadInterruptedException>(thrown);
        Assert.Equal(2, ended);
    }
}
