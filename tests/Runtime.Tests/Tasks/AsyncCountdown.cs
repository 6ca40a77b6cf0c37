using System.Runtime.CompilerServices;
using Xunit;

namespace Threadwise.Runtime.Tests.Tasks;

/// <summary>What the documentation of <see cref="Threadwise.AsyncCountdown"/> says.</summary>
public class AsyncCountdown_
{
    private readonly AsyncCountdown _countdown = new(3);

    [Fact]
    public async Task Is_done_with_the_last_signal()
    {
        var wait = _countdown.WaitAsync();
        Assert.False(_countdown.Signal());
        Assert.False(wait.IsCompleted || _countdown.IsDone);
        Assert.Equal(2, _countdown.Remaining);
        Assert.True(_countdown.Signal(2));
        await wait.Soon();
        Assert.True(_countdown.IsDone);
        Assert.True(_countdown.WaitAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public void From_zero_it_is_done()
    {
        var nothing = new AsyncCountdown(0);
        Assert.True(nothing.IsDone && nothing.WaitAsync().IsCompletedSuccessfully);
        Assert.Throws<InvalidOperationException>(() => nothing.Signal());
    }

    [Fact]
    public void Too_many_signals_throw_and_count_nothing()
    {
        Assert.Throws<InvalidOperationException>(() => _countdown.Signal(4));
        Assert.Equal(3, _countdown.Remaining);
        _countdown.Signal(3);
        Assert.Throws<InvalidOperationException>(() => _countdown.Signal());
        Assert.True(_countdown.IsDone);
    }

    [Fact]
    public void More_can_be_added_until_it_is_done()
    {
        _countdown.Add(2);
        Assert.True(_countdown.TryAdd());
        Assert.Equal(6, _countdown.Remaining);
        Assert.Throws<InvalidOperationException>(() => _countdown.Add(int.MaxValue));
        Assert.Equal(6, _countdown.Remaining);
        _countdown.Signal(6);
        Assert.False(_countdown.TryAdd());
        Assert.Throws<InvalidOperationException>(() => _countdown.Add());
        Assert.True(_countdown.IsDone);
    }

    [Fact]
    public async Task A_token_ends_its_wait_and_no_other()
    {
        using var source = new CancellationTokenSource();
        var (leaving, staying) = (_countdown.WaitAsync(source.Token), _countdown.WaitAsync());
        await source.CancelAsync();
        Assert.Equal(source.Token, Assert.IsAssignableFrom<OperationCanceledException>(await leaving.Thrown()).CancellationToken);
        _countdown.Signal(3);
        await staying.Soon();
        Assert.True(_countdown.WaitAsync(source.Token).IsCanceled);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_after_the_end_changes_nothing()
    {
        using var source = new CancellationTokenSource();
        var wait = _countdown.WaitAsync(source.Token);
        _countdown.Signal(3);
        await source.CancelAsync();
        await wait.Soon();
    }

    [Fact]
    public void A_wait_that_is_over_is_not_kept_by_its_token()
    {
        using var source = new CancellationTokenSource();
        var wait = Wait(source.Token);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(wait.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Wait(CancellationToken token)
        {
            var countdown = new AsyncCountdown(1);
            var wait = countdown.WaitAsync(token);
            countdown.Signal();
            Assert.True(wait.IsCompletedSuccessfully);
            return new WeakReference(countdown);
        }
    }

    [Fact]
    public async Task What_follows_does_not_run_on_the_stack_of_who_signals_or_cancels()
    {
        await Stacks.Differ(_countdown.WaitAsync(), () => _countdown.Signal(3));
        using var source = new CancellationTokenSource();
        await Stacks.Differ(new AsyncCountdown(1).WaitAsync(source.Token), source.Cancel);
    }

    [Fact]
    public void Signalling_and_waiting_for_what_has_happened_allocate_nothing()
    {
        var many = new AsyncCountdown(int.MaxValue);
        Assert.Equal(0, Allocated.By(() => many.Signal()));
        var done = new AsyncCountdown(0);
        using var source = new CancellationTokenSource();
        Assert.Equal(0, Allocated.By(() => _ = done.WaitAsync(source.Token)));
    }

    [Fact]
    public void Names_what_is_wrong()
    {
        Assert.Throws<ArgumentOutOfRangeException>("count", () => new AsyncCountdown(-1));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => _countdown.Signal(0));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => _countdown.Signal(-1));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => _countdown.Add(0));
        Assert.Throws<ArgumentOutOfRangeException>("count", () => _countdown.TryAdd(-1));
        Assert.Equal(3, _countdown.Remaining);
    }
}
