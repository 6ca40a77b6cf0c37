extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Tasks;

using explored::Threadwise;

/// <summary>No signal is lost and nobody waits for ever, in every schedule of a few threads that signal, add, wait and cancel.</summary>
public class AsyncCountdown_Interleavings
{
    [Fact]
    public void Who_waits_goes_on_with_the_last_signal_and_one_signal_is_the_last() => Exploration.Of(static () =>
    {
        var (countdown, last) = (new AsyncCountdown(2), 0);
        void Signal() => last += countdown.Signal() ? 1 : 0;
        return new Model(Signal, Signal, () =>
        {
            Waiting.Result(countdown.WaitAsync());
            Assert.True(countdown.IsDone);
        }) { Holds = () => last == 1 };
    }, preemptions: 4).Passes();

    [Fact]
    public void Without_a_lock_a_signal_is_lost() => Exploration.Of(static () =>
    {
        var remaining = 2;
        void Signal()
        {
            var before = remaining;
            Schedule.Point();
            remaining = before - 1;
        }

        return new Model(Signal, Signal, () => Schedule.Await(() => remaining == 0));
    }).Fails("wait for ever");

    [Fact]
    public void Where_a_wait_is_listed_after_it_was_looked_at_it_is_forgotten() => Exploration.Of(static () =>
    {
        var (isDone, isListed, isReleased) = (false, false, false);
        return new Model(
            () =>
            {
                isDone = true;
                Schedule.Point();
                isReleased = isListed;
            },
            () =>
            {
                if (isDone)
                    return;
                Schedule.Point();
                isListed = true;
                Schedule.Await(() => isReleased);
            });
    }).Fails("wait for ever");

    [Fact]
    public void Who_is_cancelled_with_the_last_signal_has_either_and_takes_nothing_from_others() => Exploration.Of(static () =>
    {
        var (countdown, source) = (new AsyncCountdown(1), new CancellationTokenSource());
        var (leaving, staying) = (countdown.WaitAsync(source.Token), countdown.WaitAsync());
        return new Model(() => countdown.Signal(), source.Cancel, () => Waiting.Result(staying))
        {
            Holds = () => leaving.IsCanceled || leaving.IsCompletedSuccessfully,
        };
    }, preemptions: 4).Passes();

    [Fact]
    public void A_token_that_is_cancelled_while_the_wait_begins_ends_it() => Exploration.Of(static () =>
    {
        var (countdown, source) = (new AsyncCountdown(1), new CancellationTokenSource());
        return new Model(source.Cancel, () =>
        {
            var wait = countdown.WaitAsync(source.Token);
            Schedule.Await(() => wait.IsCompleted);
            Assert.True(wait.IsCanceled);
        });
    }, preemptions: 4).Passes();

    [Fact]
    public void More_is_added_before_the_end_or_not_at_all() => Exploration.Of(static () =>
    {
        var (countdown, added) = (new AsyncCountdown(1), false);
        return new Model(() => added = countdown.TryAdd(), () => countdown.Signal(), () =>
        {
            var wait = countdown.WaitAsync();
            Schedule.Point();
            Assert.True(!wait.IsCompleted || countdown.IsDone);
        }) { Holds = () => countdown.Remaining == (added ? 1 : 0) };
    }, preemptions: 4).Passes();

    [Fact]
    public void Who_asks_again_and_again_sees_that_it_is_done() => Exploration.Of(static () =>
    {
        var countdown = new AsyncCountdown(1);
        return new Model(() => countdown.Signal(), () =>
        {
            while (!countdown.IsDone)
                Schedule.Yield();
        });
    }).Passes();
}
