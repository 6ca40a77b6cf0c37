extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Maps;

using explored::Threadwise;

/// <summary>What workers share is right in every schedule: each place goes to one, no worker is taken twice, sums are put together once.</summary>
public class Dispensing_Interleavings
{
    [Fact]
    public void Every_place_goes_to_one_worker()
    {
        foreach (var partitioning in new[] { Partitioning.Blocks, Partitioning.Cyclic, Partitioning.Guided, Partitioning.One })
            Exploration.Of(() => Takers(partitioning, new Dispenser(5, partitioning, 2).TryTake), preemptions: 3).Passes();
    }

    [Fact]
    public void What_a_worker_returns_goes_to_one_other() => Exploration.Of(() =>
    {
        var (dispenser, seen) = (new Dispenser(4, Partitioning.Blocks, 2), new List<int>());
        void Work(bool returns)
        {
            while (dispenser.TryTake(Pace.One, out var chunk))
                if (returns && chunk.Count > 1)
                {
                    seen.Add(chunk.First);
                    dispenser.Return(new Chunk(chunk.First + 1, chunk.Count - 1, 1));
                }
                else
                    Note(seen, chunk);
        }

        return new Model(() => Work(true), () => Work(true), () => Work(false)) { Holds = () => seen.Order().SequenceEqual([0, 1, 2, 3]) };
    }).Passes();

    [Fact]
    public void A_dispenser_that_reads_and_writes_in_two_steps_is_caught()
    {
        Exploration.Of(() => Takers(Partitioning.One, Torn(new int[1], 5)), preemptions: 1).Fails("the outcome is wrong");

        static Take Torn(int[] next, int count) => (Pace pace, out Chunk chunk) =>
        {
            Schedule.Point();
            var first = next[0];
            chunk = new Chunk(first, 1, 1);
            Schedule.Point();
            next[0] = first + 1;
            return first < count;
        };
    }

    [Fact]
    public void A_budget_is_never_exceeded_and_all_is_given_back()
    {
        Exploration.Of(() =>
        {
            var budget = new Budget(new Degree(2), null);
            return Workers(budget, budget, () => HasOne(budget));
        }, preemptions: 3).Passes();
        Exploration.Of(() =>
        {
            var outer = new Budget(new Degree(2), null);
            var inner = new Budget(new Degree(2), outer);
            return Workers(inner, outer, () => HasOne(inner) && !outer.TryTake());
        }, preemptions: 3).Passes();
    }

    [Fact]
    public void What_two_give_back_at_once_is_all_there() => Exploration.Of(() =>
    {
        var budget = new Budget(new Degree(3), null);
        void Work()
        {
            Assert.True(budget.TryTake());
            budget.Give();
        }

        return new Model(Work, Work) { Holds = () => HasTwo(budget) };
    }, preemptions: 3).Passes();

    [Fact]
    public void What_the_outer_budget_refuses_is_back_in_the_inner_one() => Exploration.Of(() =>
    {
        var outer = new Budget(new Degree(3), null);
        var inner = new Budget(new Degree(3), outer);
        Assert.True(outer.TryTake() && outer.TryTake());
        void Work() => Assert.False(inner.TryTake());
        return new Model(Work, Work)
        {
            Holds = () =>
            {
                outer.Give(2);
                return HasTwo(inner);
            },
        };
    }, preemptions: 3).Passes();

    [Fact]
    public void A_budget_that_looks_before_it_takes_is_caught() => Exploration.Of(() =>
    {
        var free = 1;
        bool TryTake()
        {
            Schedule.Point();
            if (free == 0)
                return false;
            Schedule.Point();
            free--;
            return true;
        }

        return Workers((TryTake, () => free++), (TryTake, () => free++), () => free == 1);
    }, preemptions: 2).Fails("the outcome is wrong");

    [Fact]
    public void Parts_are_merged_with_their_neighbours_and_none_is_lost()
    {
        Exploration.Of(() =>
        {
            var parts = new Neighbours<string>((one, other) =>
            {
                Schedule.Point();
                return one + other;
            });
            return new Model(() => parts.Add(0, 1, "a"), () => parts.Add(2, 3, "c"), () => parts.Add(1, 2, "b")) { Holds = () => parts.All("") == "abc" };
        }, preemptions: 3).Passes();
    }

    [Fact]
    public void Whoever_watches_a_degree_is_told_and_nobody_who_does_not() => Exploration.Of(() =>
    {
        var (degree, told, other) = (new Degree(1), 0, 0);
        void Watch(Action change)
        {
            degree.Watch(change);
            Schedule.Point();
        }

        return new Model(() => Watch(() => told++), () =>
        {
            Watch(() => other++);
            degree.Unwatch(() => { });
        }) { Holds = () => Told(degree, () => told == 1 && other == 1) };

        static bool Told(Degree degree, Func<bool> holds)
        {
            degree.Value = 2;
            return holds();
        }
    }, preemptions: 3).Passes();

    [Fact]
    public void Who_begins_to_watch_a_degree_as_it_changes_is_told_or_sees_it() => Exploration.Of(static () =>
    {
        var (degree, isTold, seen) = (new Degree(1), false, 0);
        return new Model(() => degree.Value = 2, () =>
        {
            degree.Watch(() => isTold = true);
            seen = degree.Value;
        }) { Holds = () => isTold || seen == 2 };
    }).Passes();

    [Fact]
    public void Who_asks_again_and_again_sees_the_degree_that_was_set() => Exploration.Of(static () =>
    {
        var degree = new Degree(1);
        return new Model(() => degree.Value = 2, () => Until(() => degree.Value == 2));
    }).Passes();

    [Fact]
    public void Who_asks_again_and_again_sees_that_all_was_taken() => Exploration.Of(static () =>
    {
        var dispenser = new Dispenser(1, Partitioning.One, 2);
        return new Model(() => dispenser.TryTake(Pace.One, out _), () => Until(() => !dispenser.HasMore));
    }).Passes();

    [Fact]
    public void Who_asks_again_and_again_sees_how_much_is_left() => Exploration.Of(static () =>
    {
        var dispenser = new Dispenser(2, Partitioning.One, 2);
        return new Model(() => dispenser.TryTake(Pace.One, out _), () => Until(() => dispenser.Untaken == 1));
    }).Passes();

    [Fact]
    public void Who_asks_again_and_again_sees_that_something_was_returned()
    {
        Sees(static dispenser => dispenser.HasMore);
        Sees(static dispenser => dispenser.TryTake(Pace.One, out _));

        static void Sees(Func<Dispenser, bool> isSeen) => Exploration.Of(() =>
        {
            var dispenser = new Dispenser(1, Partitioning.One, 2);
            Assert.True(dispenser.TryTake(Pace.One, out var chunk));
            return new Model(() => dispenser.Return(chunk), () => Until(() => isSeen(dispenser)));
        }).Passes();
    }

    [Fact]
    public void Who_asks_again_and_again_sees_that_a_worker_was_given_back()
    {
        Sees(static budget => budget.HasFree);
        Sees(static budget => budget.TryTake());

        static void Sees(Func<Budget, bool> isSeen) => Exploration.Of(() =>
        {
            var budget = new Budget(new Degree(2), null);
            Assert.True(budget.TryTake());
            return new Model(() => budget.Give(), () => Until(() => isSeen(budget)));
        }).Passes();
    }

    private static void Until(Func<bool> condition)
    {
        while (!condition())
            Schedule.Yield();
    }

    private static Model Takers(Partitioning partitioning, Take take)
    {
        var seen = new List<int>();
        void Work()
        {
            while (take(partitioning == Partitioning.Guided ? Pace.Guided : Pace.One, out var chunk))
                Note(seen, chunk);
        }

        return new Model(Work, Work) { Holds = () => seen.Order().SequenceEqual([0, 1, 2, 3, 4]) };
    }

    private static void Note(List<int> seen, Chunk chunk)
    {
        for (var i = 0; i < chunk.Count; i++)
            seen.Add(chunk.First + (i * chunk.Step));
    }

    private static Model Workers(Budget one, Budget other, Func<bool> isWhole) => Workers((one.TryTake, () => one.Give()), (other.TryTake, () => other.Give()), isWhole);

    /// <summary>Two that take a worker if they get one, of which there is one.</summary>
    private static Model Workers((Func<bool> TryTake, Action Give) one, (Func<bool> TryTake, Action Give) other, Func<bool> isWhole)
    {
        var (working, most) = (0, 0);
        void Work((Func<bool> TryTake, Action Give) hand)
        {
            for (var i = 0; i < 2; i++)
                if (hand.TryTake())
                {
                    most = Math.Max(most, ++working);
                    Schedule.Point();
                    working--;
                    hand.Give();
                }
        }

        return new Model(() => Work(one), () => Work(other)) { Holds = () => most <= 1 && isWhole() };
    }

    private static bool HasTwo(Budget budget) => budget.TryTake() && HasOne(budget);

    private static bool HasOne(Budget budget) => budget.TryTake() && !budget.TryTake();

    private delegate bool Take(Pace pace, out Chunk chunk);
}
