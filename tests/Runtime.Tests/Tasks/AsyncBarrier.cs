using Xunit;

namespace Threadwise.Runtime.Tests.Tasks;

/// <summary>What the documentation of <see cref="Threadwise.AsyncBarrier"/> says.</summary>
public class AsyncBarrier_
{
    private readonly AsyncBarrier _barrier = new(3);

    [Fact]
    public async Task Nobody_passes_before_all_have_arrived_phase_after_phase()
    {
        for (var phase = 0; phase < 3; phase++)
        {
            Assert.Equal((phase, 3), (_barrier.Phase, _barrier.Remaining));
            var (one, other) = (_barrier.SignalAndWaitAsync(), _barrier.SignalAndWaitAsync());
            Assert.Equal(1, _barrier.Remaining);
            Assert.False(one.IsCompleted || other.IsCompleted);
            Assert.True(_barrier.SignalAndWaitAsync().IsCompletedSuccessfully);
            await Task.WhenAll(one, other).Soon();
        }
    }

    [Fact]
    public async Task One_alone_waits_for_nobody()
    {
        var alone = new AsyncBarrier(1);
        await alone.SignalAndWaitAsync();
        await alone.SignalAndWaitAsync();
        Assert.Equal(2, alone.Phase);
    }

    [Fact]
    public async Task A_participant_that_is_cancelled_breaks_it_for_those_who_wait_and_those_who_come()
    {
        using var source = new CancellationTokenSource();
        var (cancelled, waiting) = (_barrier.SignalAndWaitAsync(source.Token), _barrier.SignalAndWaitAsync());
        await source.CancelAsync();
        Assert.Equal(source.Token, Assert.IsAssignableFrom<OperationCanceledException>(await cancelled.Thrown()).CancellationToken);
        Assert.IsType<BarrierBrokenException>(await waiting.Thrown());
        Assert.IsType<BarrierBrokenException>(await _barrier.SignalAndWaitAsync().Thrown());
        Assert.True(_barrier.IsBroken);
        Assert.Equal((0, 3), (_barrier.Phase, _barrier.Remaining));
    }

    [Fact]
    public async Task A_token_that_is_cancelled_on_arrival_breaks_it_too()
    {
        var waiting = _barrier.SignalAndWaitAsync();
        Assert.True(_barrier.SignalAndWaitAsync(new CancellationToken(true)).IsCanceled);
        Assert.IsType<BarrierBrokenException>(await waiting.Thrown());
        Assert.True(_barrier.SignalAndWaitAsync(new CancellationToken(true)).IsCanceled);
    }

    [Fact]
    public async Task A_token_changes_nothing_once_all_have_arrived()
    {
        using var source = new CancellationTokenSource();
        Task[] all = [_barrier.SignalAndWaitAsync(source.Token), _barrier.SignalAndWaitAsync(), _barrier.SignalAndWaitAsync(source.Token)];
        await source.CancelAsync();
        await Task.WhenAll(all).Soon();
        Assert.False(_barrier.IsBroken);
    }

    [Fact]
    public async Task Resetting_it_breaks_the_phase_for_those_who_wait_and_starts_it_anew()
    {
        var waiting = _barrier.SignalAndWaitAsync();
        _barrier.Reset();
        Assert.IsType<BarrierBrokenException>(await waiting.Thrown());
        Assert.False(_barrier.IsBroken);
        _ = _barrier.SignalAndWaitAsync(new CancellationToken(true));
        _barrier.Reset();
        await Task.WhenAll(_barrier.SignalAndWaitAsync(), _barrier.SignalAndWaitAsync(), _barrier.SignalAndWaitAsync()).Soon();
    }

    [Fact]
    public async Task When_all_are_cancelled_at_once_each_gets_its_token_or_the_break()
    {
        using var source = new CancellationTokenSource();
        Task[] all = [_barrier.SignalAndWaitAsync(source.Token), _barrier.SignalAndWaitAsync(source.Token)];
        await source.CancelAsync();
        foreach (var one in all)
            Assert.True(await one.Thrown() is OperationCanceledException or BarrierBrokenException);
    }

    [Fact]
    public async Task The_last_arrival_allocates_nothing_and_what_follows_does_not_run_on_its_stack()
    {
        var alone = new AsyncBarrier(1);
        Assert.Equal(0, Allocated.By(() => _ = alone.SignalAndWaitAsync()));
        var pair = new AsyncBarrier(2);
        await Stacks.Differ(pair.SignalAndWaitAsync(), () => _ = pair.SignalAndWaitAsync());
    }

    [Theory, InlineData(0), InlineData(-1)]
    public void Needs_a_participant(int participants) => Assert.Throws<ArgumentOutOfRangeException>("participants", () => new AsyncBarrier(participants));
}
