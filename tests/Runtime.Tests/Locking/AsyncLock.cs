using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

/// <summary>What the documentation of <see cref="Threadwise.AsyncLock"/> says.</summary>
public class AsyncLock_
{
    private readonly AsyncLock _gate = new();

    [Fact]
    public async Task Is_held_until_its_scope_is_disposed_of()
    {
        using (var scope = await _gate.EnterAsync())
        {
            Assert.True(_gate.IsHeld && scope.IsHeld);
            Assert.False(_gate.TryEnter(out var none));
            Assert.False(none.IsHeld);
            none.Dispose();
            Assert.True(_gate.IsHeld);
        }

        Assert.False(_gate.IsHeld);
        Assert.True(_gate.TryEnter(out var next));
        next.Dispose();
    }

    [Fact]
    public async Task Is_given_back_when_an_exception_leaves_the_scope()
    {
        await Assert.ThrowsAsync<InvalidTimeZoneException>(FailAsync);
        Assert.False(_gate.IsHeld);

        async Task FailAsync()
        {
            using (await _gate.EnterAsync())
            {
                await Task.Yield();
                throw new InvalidTimeZoneException();
            }
        }
    }

    [Fact]
    public async Task May_be_given_back_by_another_thread()
    {
        var scope = await _gate.EnterAsync();
        await Task.Run(scope.Dispose);
        Assert.False(_gate.IsHeld);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_never_acquires()
    {
        var token = new CancellationToken(canceled: true);
        Assert.Equal(token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _gate.EnterAsync(token))).CancellationToken);
        Assert.Equal(token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _gate.TryEnterAsync(TimeSpan.Zero, token))).CancellationToken);
        Assert.False(_gate.IsHeld);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_while_waiting_ends_the_wait_and_is_told()
    {
        using var source = new CancellationTokenSource();
        var scope = await _gate.EnterAsync();
        var waiting = _gate.EnterAsync(source.Token).AsTask();
        var behind = _gate.EnterAsync();
        Assert.False(waiting.IsCompleted);
        source.Cancel();
        Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting)).CancellationToken);
        Assert.False(behind.IsCompleted);
        scope.Dispose();
        (await behind).Dispose();
        Assert.False(_gate.IsHeld);
    }

    [Fact]
    public async Task A_wait_ends_without_the_lock_when_its_time_is_up()
    {
        var time = new ManualTime();
        var gate = new AsyncLock(timeProvider: time);
        var scope = await gate.EnterAsync();
        var waiting = gate.TryEnterAsync(TimeSpan.FromSeconds(3));
        time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(waiting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(0.1));
        var none = await waiting;
        Assert.False(none.IsHeld);
        none.Dispose();
        Assert.True(scope.IsHeld);
        Assert.False((await gate.TryEnterAsync(TimeSpan.Zero)).IsHeld);
        scope.Dispose();
        using var later = await gate.TryEnterAsync(TimeSpan.Zero);
        Assert.True(later.IsHeld);
        Assert.Equal(0, time.Pending);
    }

    [Fact]
    public async Task A_wait_that_got_the_lock_in_time_keeps_it()
    {
        var time = new ManualTime();
        var gate = new AsyncLock(timeProvider: time);
        var first = await gate.EnterAsync();
        var waiting = gate.TryEnterAsync(TimeSpan.FromSeconds(3));
        var forever = gate.TryEnterAsync(Timeout.InfiniteTimeSpan);
        first.Dispose();
        using (var scope = await waiting)
        {
            time.Advance(TimeSpan.FromDays(1));
            Assert.True(scope.IsHeld);
            Assert.False(forever.IsCompleted);
        }

        (await forever).Dispose();
        Assert.Equal(0, time.Pending);
    }

    [Theory, InlineData(-2), InlineData(-0.5), InlineData(4294967295.0)]
    public void A_timeout_that_no_timer_can_wait_for_is_refused(double milliseconds) =>
        Assert.Equal("timeout", Assert.Throws<ArgumentOutOfRangeException>(() => _ = _gate.TryEnterAsync(TimeSpan.FromMilliseconds(milliseconds))).ParamName);

    [Fact]
    public async Task Disposing_again_never_gives_back_what_another_holds()
    {
        var first = await _gate.EnterAsync();
        var copy = first;
        first.Dispose();
        copy.Dispose();
        var second = await _gate.EnterAsync();
        first.Dispose();
        copy.Dispose();
        default(AsyncLock.Scope).Dispose();
        Assert.True(second.IsHeld && _gate.IsHeld);
        Assert.False(first.IsHeld || copy.IsHeld || default(AsyncLock.Scope).IsHeld);
        var third = _gate.EnterAsync();
        first.Dispose();
        Assert.False(third.IsCompleted);
        second.Dispose();
        (await third).Dispose();
    }

    [Fact]
    public async Task Whoever_gives_it_back_does_not_run_what_comes_next()
    {
        _gate.TryEnter(out var scope);
        var (ran, releasing) = (0, Environment.CurrentManagedThreadId);
        using var done = new ManualResetEventSlim();
        var waiting = EnterAsync();
        scope.Dispose();
        // This thread cannot be the pool's next one while it waits here.
        Assert.True(done.Wait(TimeSpan.FromSeconds(30)));
        Assert.NotEqual(releasing, ran);
        await waiting;

        async Task EnterAsync()
        {
            using (await _gate.EnterAsync().ConfigureAwait(false))
                ran = Environment.CurrentManagedThreadId;
            done.Set();
        }
    }

    [Fact]
    public async Task A_result_is_awaited_once()
    {
        var scope = await _gate.EnterAsync();
        var waiting = _gate.EnterAsync();
        Assert.Throws<InvalidOperationException>(() => waiting.GetAwaiter().GetResult());
        scope.Dispose();
        var got = await waiting;
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await waiting);
        Assert.True(got.IsHeld);
        got.Dispose();
        Assert.False(_gate.IsHeld);
    }

    [Fact]
    public async Task Who_waits_for_a_pulse_gives_the_lock_back_and_has_it_again()
    {
        using var scope = await _gate.EnterAsync();
        var waiting = scope.WaitAsync();
        Assert.False(scope.IsHeld || _gate.IsHeld || waiting.IsCompleted);
        scope.Dispose();
        using (var other = await _gate.EnterAsync())
        {
            other.Pulse();
            other.Pulse();
            Assert.False(waiting.IsCompleted);
        }

        await waiting;
        Assert.True(scope.IsHeld && _gate.IsHeld);
    }

    [Fact]
    public async Task A_wait_for_a_pulse_that_is_cancelled_has_the_lock_again_before_it_throws()
    {
        using var source = new CancellationTokenSource();
        var scope = await _gate.EnterAsync();
        var waiting = scope.WaitAsync(source.Token).AsTask();
        var other = await _gate.EnterAsync();
        source.Cancel();
        Assert.False(waiting.IsCompleted);
        other.Dispose();
        Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting)).CancellationToken);
        Assert.True(scope.IsHeld);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await scope.WaitAsync(source.Token));
        Assert.True(scope.IsHeld);
        scope.Dispose();
        Assert.False(_gate.IsHeld);
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_while_the_lock_is_free_has_it_at_once()
    {
        using var source = new CancellationTokenSource();
        var scope = await _gate.EnterAsync();
        var waiting = scope.WaitAsync(source.Token).AsTask();
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.True(scope.IsHeld);
        scope.Dispose();
        using var next = await _gate.EnterAsync();
        scope.Dispose();
        Assert.True(next.IsHeld);
    }

    [Fact]
    public async Task Only_a_scope_that_holds_the_lock_waits_and_pulses()
    {
        var scope = await _gate.EnterAsync();
        scope.Dispose();
        using var holder = await _gate.EnterAsync();
        foreach (var stale in new[] { scope, default })
        {
            Assert.Throws<InvalidOperationException>(() => _ = stale.WaitAsync());
            Assert.Throws<InvalidOperationException>(() => _ = stale.WaitAsync(new CancellationToken(canceled: true)));
            Assert.Throws<InvalidOperationException>(stale.Pulse);
            Assert.Throws<InvalidOperationException>(stale.PulseAll);
        }

        holder.Pulse();
        holder.PulseAll();
        Assert.True(holder.IsHeld);
    }

    [Fact]
    public void Says_its_name()
    {
        Assert.Equal(("files", "files"), (new AsyncLock("files").Name, new AsyncLock("files").ToString()));
        Assert.Equal((null, "AsyncLock"), (_gate.Name, _gate.ToString()));
    }
}
