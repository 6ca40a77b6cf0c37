extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

using explored::Threadwise;

/// <summary>A wait ends once, for one reason, and is used by one at a time, in every schedule of who begins it, ends it and gives it back.</summary>
public class WaitRoom_Interleavings
{
    [Fact]
    public void Who_is_cancelled_as_the_wait_begins_has_nothing_and_is_told() => Exploration.Of(static () =>
    {
        var (semaphore, source) = (new AsyncSemaphore(1), new CancellationTokenSource());
        semaphore.TryEnter(out _);
        return new Model(source.Cancel, () => Assert.False(Waiting.Got(semaphore.EnterAsync(source.Token), out _)));
    }).Passes();

    [Fact]
    public void A_wait_that_is_given_back_as_another_begins_is_used_by_one() => Exploration.Of(static () =>
    {
        var semaphore = new AsyncSemaphore(1);
        semaphore.TryEnter(out var scope);
        var (first, second, third) = (semaphore.EnterAsync(), semaphore.EnterAsync(), default(ValueTask<AsyncSemaphore.Scope>));
        scope.Dispose();
        Waiting.Result(first).Dispose();
        return new Model(() => Waiting.Result(second), () => third = semaphore.EnterAsync())
        {
            Holds = () =>
            {
                var (fourth, fifth) = (semaphore.EnterAsync(), semaphore.EnterAsync());
                return third != fourth && third != fifth && fourth != fifth;
            },
        };
    }).Passes();

    [Fact]
    public void A_token_that_comes_after_the_time_was_up_leaves_the_line_as_it_is() => Exploration.Of(static () =>
    {
        var (time, source) = (new ManualTime(), new CancellationTokenSource());
        var semaphore = new AsyncSemaphore(1, time);
        semaphore.TryEnter(out var scope);
        var other = semaphore.EnterAsync();
        return new Model(
            () => Waiting.Got(semaphore.TryEnterAsync(TimeSpan.FromSeconds(1), source.Token), out _),
            () =>
            {
                Schedule.Await(() => time.Pending > 0);
                time.Advance(TimeSpan.FromSeconds(1));
                source.Cancel();
            })
        {
            Holds = () =>
            {
                scope.Dispose();
                return other.IsCompletedSuccessfully;
            },
        };
    }).Passes();

    [Fact]
    public void A_token_that_comes_after_the_pulse_changes_nothing() => Exploration.Of(static () =>
    {
        var (gate, source) = (new AsyncLock(), new CancellationTokenSource());
        gate.TryEnter(out var waits);
        var wait = waits.WaitAsync(source.Token);
        gate.TryEnter(out var pulses);
        pulses.Pulse();
        return new Model(source.Cancel, pulses.Dispose) { Holds = () => wait.IsCompletedSuccessfully && waits.IsHeld };
    }).Passes();

    /// <summary>The broken control: who gives a wait back reads what is to be under it, and puts it there a moment later.</summary>
    [Fact]
    public void Where_a_wait_is_given_back_in_two_steps_one_is_used_twice() => Exploration.Of(static () =>
    {
        var (spares, taken) = (new List<string> { "first" }, new List<string>());
        return new Model(
            () =>
            {
                List<string> below = [.. spares];
                Schedule.Point();
                spares = [.. below, "second"];
            },
            () =>
            {
                taken.Add(spares[0]);
                spares.RemoveAt(0);
            }) { Holds = () => !spares.Intersect(taken).Any() };
    }).Fails("the outcome is wrong");
}
