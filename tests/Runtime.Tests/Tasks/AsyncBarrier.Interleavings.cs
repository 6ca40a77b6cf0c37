extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Tasks;

using explored::Threadwise;

/// <summary>All pass a barrier or none does, in every schedule of a few threads that arrive, cancel and reset.</summary>
public class AsyncBarrier_Interleavings
{
    [Fact]
    public void Nobody_is_a_phase_ahead() => Exploration.Of(static () =>
    {
        var (barrier, done) = (new AsyncBarrier(2), new int[2]);
        Action Phases(int me) => () =>
        {
            for (var phase = 1; phase <= 2; phase++)
            {
                done[me] = phase;
                Waiting.Result(barrier.SignalAndWaitAsync());
                Assert.True(done[1 - me] >= phase);
            }
        };
        return new Model(Phases(0), Phases(1)) { Holds = () => barrier.Phase == 2 && barrier.Remaining == 2 };
    }, preemptions: 4).Passes();

    [Fact]
    public void A_count_without_a_lock_loses_an_arrival() => Exploration.Of(static () =>
    {
        var arrived = 0;
        void Arrive()
        {
            var before = arrived;
            Schedule.Point();
            arrived = before + 1;
            Schedule.Await(() => arrived == 2);
        }

        return new Model(Arrive, Arrive);
    }).Fails("wait for ever");

    [Fact]
    public void Who_is_cancelled_as_the_last_arrives_breaks_it_for_all_or_for_none() => Exploration.Of(static () =>
    {
        var (barrier, source) = (new AsyncBarrier(3), new CancellationTokenSource());
        var ends = new string[3];
        return new Model(() => ends[0] = Arrive(barrier, source.Token), () => ends[1] = Arrive(barrier), () => ends[2] = Arrive(barrier), source.Cancel)
        {
            Holds = () => string.Join(' ', ends) == (barrier.IsBroken ? "left broken broken" : "passed passed passed"),
        };
    }).Passes();

    [Fact]
    public void Where_who_is_cancelled_just_leaves_the_others_wait_for_ever() => Exploration.Of(static () =>
    {
        var (arrived, isCancelled) = (0, false);
        return new Model(
            () =>
            {
                Schedule.Point();
                if (isCancelled)
                    return;
                arrived++;
                Schedule.Await(() => arrived == 2 || isCancelled);
            },
            () =>
            {
                arrived++;
                Schedule.Await(() => arrived == 2);
            },
            () => isCancelled = true);
    }).Fails("wait for ever");

    [Fact]
    public void When_two_are_cancelled_nobody_passes_and_nobody_stays() => Exploration.Of(static () =>
    {
        var (barrier, one, other) = (new AsyncBarrier(3), new CancellationTokenSource(), new CancellationTokenSource());
        Task[] waits = [barrier.SignalAndWaitAsync(one.Token), barrier.SignalAndWaitAsync(other.Token)];
        return new Model(one.Cancel, other.Cancel)
        {
            Holds = () => barrier.IsBroken && waits.All(wait => wait.IsCompleted && !wait.IsCompletedSuccessfully) && waits.Any(wait => wait.IsCanceled),
        };
    }, preemptions: 4).Passes();

    [Fact]
    public void A_reset_leaves_nobody_behind() => Exploration.Of(static () =>
    {
        var barrier = new AsyncBarrier(2);
        void ArriveUntilPassed()
        {
            while (Arrive(barrier) != "passed")
            {
            }
        }

        return new Model(ArriveUntilPassed, ArriveUntilPassed, barrier.Reset) { Holds = () => barrier is { Phase: 1, Remaining: 2, IsBroken: false } };
    }, preemptions: 3).Passes();

    [Fact]
    public void Nobody_sees_that_none_is_missing() => Exploration.Of(static () =>
    {
        var barrier = new AsyncBarrier(2);
        void Arrive() => Waiting.Result(barrier.SignalAndWaitAsync());
        return new Model(Arrive, Arrive, () => Assert.InRange(barrier.Remaining, 1, 2));
    }).Passes();

    [Fact]
    public void Who_asks_again_and_again_sees_the_phase_go_by() => Exploration.Of(static () =>
    {
        var barrier = new AsyncBarrier(1);
        return new Model(() => Waiting.Result(barrier.SignalAndWaitAsync()), () =>
        {
            while (barrier.Phase == 0)
                Schedule.Yield();
        });
    }).Passes();

    [Fact]
    public void Who_asks_again_and_again_sees_that_it_is_broken() => Exploration.Of(static () =>
    {
        var barrier = new AsyncBarrier(2);
        return new Model(() => Arrive(barrier, new CancellationToken(canceled: true)), () =>
        {
            while (!barrier.IsBroken)
                Schedule.Yield();
        });
    }).Passes();

    private static string Arrive(AsyncBarrier barrier, CancellationToken token = default)
    {
        var wait = barrier.SignalAndWaitAsync(token);
        Schedule.Await(() => wait.IsCompleted);
        return wait.IsCanceled ? "left" : wait.IsFaulted ? "broken" : "passed";
    }
}
