extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Maps;

using explored::Threadwise;

/// <summary>A map that is stopped is so for good and for one reason, and no failure is lost, in every schedule of two that stop it or fail.</summary>
public class Ending_Interleavings
{
    [Fact]
    public void Who_looks_again_and_again_sees_that_it_is_stopped() => Sees(static ending => ending.Stop(), static ending => ending.IsStopped);

    [Fact]
    public void Who_looks_again_and_again_sees_that_there_is_something_to_look_at() => Sees(static ending => ending.LookUp(), static ending => ending.Version != 0);

    [Fact]
    public void Two_that_have_others_look_up_are_both_heard() => Exploration.Of(static () =>
    {
        var ending = new Ending(FailurePolicy.Stop, default);
        return new Model(ending.LookUp, ending.LookUp) { Holds = () => ending.Version == 2 };
    }).Passes();

    [Fact]
    public void Of_two_failures_none_is_lost() => Exploration.Of(static () =>
    {
        var ending = new Ending(FailurePolicy.Continue, default);
        return new Model(() => ending.Fail(0, new FormatException()), () => ending.Fail(1, new FormatException()))
        {
            Holds = () => Thrown(ending) is AggregateException { InnerExceptions.Count: 2 },
        };
    }).Passes();

    [Fact]
    public void Once_it_is_stopped_what_it_throws_does_not_change() => Exploration.Of(static () =>
    {
        var (ending, thrown) = (new Ending(FailurePolicy.Stop, default), (Exception?)null);
        return new Model(() =>
        {
            ending.Break(new FormatException());
            thrown = Thrown(ending);
        }, () => ending.Break(new InvalidDataException())) { Holds = () => thrown is not null && Thrown(ending) == thrown };
    }).Passes();

    [Fact]
    public void Who_sees_that_it_is_stopped_sees_why() => Exploration.Of(static () =>
    {
        var (ending, thrown) = (new Ending(FailurePolicy.Stop, default), (Exception?)null);
        return new Model(() => ending.Break(new FormatException()), () =>
        {
            while (!ending.IsStopped)
                Schedule.Yield();
            thrown = Thrown(ending);
        }) { Holds = () => thrown is FormatException };
    }).Passes();

    /// <summary>The broken control: who stops it looks whether it is stopped, and says why a moment later.</summary>
    [Fact]
    public void Where_who_stops_it_looks_first_the_cause_changes() => Exploration.Of(static () =>
    {
        var (cause, seen) = (0, 0);
        void Stop(int why)
        {
            if (cause != 0)
                return;
            Schedule.Point();
            cause = why;
        }

        return new Model(() =>
        {
            Stop(1);
            seen = cause;
        }, () => Stop(2)) { Holds = () => cause == seen };
    }).Fails("the outcome is wrong");

    private static void Sees(Action<Ending> change, Func<Ending, bool> isChanged) => Exploration.Of(() =>
    {
        var ending = new Ending(FailurePolicy.Stop, default);
        return new Model(() => change(ending), () =>
        {
            while (!isChanged(ending))
                Schedule.Yield();
        });
    }).Passes();

    private static Exception? Thrown(Ending ending) => Record.Exception(ending.Throw);
}
