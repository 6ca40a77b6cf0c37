extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Maps;

using explored::Threadwise;

/// <summary>The workers of a map have numbers of their own, come while it goes on and end it once, in every schedule of a few that come and go.</summary>
public class Crew_Interleavings
{
    [Fact]
    public void Two_that_call_workers_in_call_each_number_once() => Exploration.Of(static () =>
    {
        var (budget, called) = (new Budget(new Degree(3), null), new List<int>());
        var crew = Make(new Degree(3), budget, new Work(), called, waitsForAll: true);
        return new Model(crew.Recruit, crew.Recruit) { Holds = () => called.Order().SequenceEqual([0, 1, 2]) && !budget.TryTake() };
    }).Passes();

    /// <summary>The broken control: who calls workers in looks for a number, and takes it a moment later.</summary>
    [Fact]
    public void Who_looks_before_it_takes_a_number_calls_one_twice() => Exploration.Of(static () =>
    {
        var (isTaken, called) = (false, 0);
        void Recruit()
        {
            if (isTaken)
                return;
            Schedule.Point();
            (isTaken, called) = (true, called + 1);
        }

        return new Model(Recruit, Recruit) { Holds = () => called == 1 };
    }).Fails("the outcome is wrong");

    [Fact]
    public void Of_two_that_leave_last_one_ends_the_map() => Exploration.Of(static () =>
    {
        var (work, ended) = (new Work(), 0);
        var crew = Make(new Degree(2), new Budget(new Degree(2), null), work, [], waitsForAll: true);
        crew.Recruit();
        work.HasMore = false;
        void Leave(int number)
        {
            crew.Leave(number, isInVain: false);
            if (crew.TryEnd(callerIsWorker: false))
                ended++;
        }

        return new Model(() => Leave(0), () => Leave(1)) { Holds = () => ended == 1 };
    }).Passes();

    [Fact]
    public void Who_comes_as_the_map_ends_begins_before_that_or_not_at_all() => Exploration.Of(static () =>
    {
        var (budget, work, hasBegun, hasEnded) = (new Budget(new Degree(2), null), new Work(), false, false);
        var crew = Make(new Degree(2), budget, work, []);
        crew.Recruit();
        work.HasMore = false;
        return new Model(() => hasBegun = crew.TryBegin(1), () => hasEnded = crew.TryEnd(callerIsWorker: true)) { Holds = () => hasBegun != hasEnded && budget.TryTake() == hasEnded };
    }).Passes();

    [Fact]
    public void What_is_known_of_a_worker_is_kept_while_there_come_to_be_more()
    {
        Exploration.Of(static () => Growing(static crew => crew.Begin(0), isHungry: false)).Passes();
        Exploration.Of(static () => Growing(static crew =>
        {
            crew.Begin(0);
            crew.Rest();
        }, isHungry: true)).Passes();

        static Model Growing(Action<Crew> change, bool isHungry)
        {
            var (degree, work) = (new Degree(3), new Work());
            var crew = Make(degree, new Budget(new Degree(3), null), work, []);
            return new Model(() => change(crew), crew.Recruit)
            {
                Holds = () =>
                {
                    (degree.Value, work.HasMore) = (1, false);
                    return crew.IsHungry == isHungry;
                },
            };
        }
    }

    [Fact]
    public void A_degree_that_changes_as_more_are_wanted_is_what_counts() => Exploration.Of(static () =>
    {
        var crew = Make(new Degree(4), new Budget(new Degree(4), null), new Work(), []);
        crew.Want(1);
        return new Model(crew.Adjust, () => crew.WantMore(2)) { Holds = () => crew.Ask(3) == Order.Go };
    }).Passes();

    [Fact]
    public void Who_looks_again_and_again_sees_that_the_budget_was_short_and_is_not_any_more() => Exploration.Of(static () =>
    {
        var (budget, called) = (new Budget(new Degree(2), null), new List<int>());
        Assert.True(budget.TryTake());
        var crew = Make(new Degree(2), budget, new Work(), called);
        return new Model(() =>
        {
            while (called.Count == 0)
            {
                crew.Grow();
                Schedule.Yield();
            }
        }, () =>
        {
            crew.Recruit();
            budget.Give();
        }) { Holds = () => called.SequenceEqual([1]) };
    }).Passes();

    /// <summary>Those of an asynchronous map, where all are waited for, or those of one whose caller is a worker.</summary>
    private static Crew Make(Degree degree, Budget budget, Work work, List<int> called, bool waitsForAll = false)
    {
        var crew = new Crew(degree, budget, new Ending(FailurePolicy.Stop, default), work, int.MaxValue, waitsForAll, called.Add);
        if (!waitsForAll)
            crew.Join();
        return crew;
    }

    /// <summary>There is some until somebody says that there is none.</summary>
    private sealed class Work : IWork
    {
        public bool HasMore { get; set; } = true;
    }
}
