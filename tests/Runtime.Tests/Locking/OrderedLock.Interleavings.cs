extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

using explored::Threadwise;

/// <summary>Ranked locks throw in every schedule in which plain locks can deadlock, and sets of them never deadlock.</summary>
public class OrderedLock_Interleavings
{
    [Fact]
    public void Plain_locks_in_opposite_orders_deadlock() => Exploration.Of(() => Nested(new object(), new object()), preemptions: 1).Fails("threads 01 wait for ever");

    [Fact]
    public void Ranked_locks_in_opposite_orders_throw_in_every_schedule_instead()
    {
        var wrong = 0;
        var found = Exploration.Of(() =>
        {
            var (low, high) = (new OrderedLock(1), new OrderedLock(2));
            return new Model(
                () =>
                {
                    using (low.Enter())
                    using (high.Enter())
                        Schedule.Point();
                },
                () =>
                {
                    using (high.Enter())
                        wrong += Throws(low) ? 1 : 0;
                });
        }, preemptions: 4);
        found.Passes();
        Assert.True(found.Schedules > 5);
        Assert.Equal(found.Schedules, wrong);
    }

    /// <summary>Ranks of three locks: all different, some equal, all equal.</summary>
    public static TheoryData<int, int, int> Ranks => new() { { 1, 2, 3 }, { 3, 2, 1 }, { 1, 1, 2 }, { 2, 1, 1 }, { 7, 7, 7 } };

    [Theory, MemberData(nameof(Ranks))]
    public void Sets_named_in_any_order_are_all_got(int a, int b, int c)
    {
        Exploration.Of(() => Sets([new(a), new(b), new(c)], [0, 1], [1, 2], [2, 0])).Passes();
        Exploration.Of(() => Sets([new(a), new(b), new(c)], [0, 1, 2], [2, 1, 0, 2]), preemptions: 5).Passes();
    }

    [Fact]
    public void A_set_goes_with_threads_that_take_its_locks_one_by_one() => Exploration.Of(() =>
    {
        // The older lock has the higher rank.
        var (high, low) = (new OrderedLock(2), new OrderedLock(1));
        return new Model(
            () => OrderedLock.EnterAll(high, low, []).Dispose(),
            () =>
            {
                using (low.Enter())
                using (high.Enter())
                    Schedule.Point();
            });
    }, preemptions: 5).Passes();

    [Fact]
    public void Sets_taken_one_by_one_as_named_would_deadlock() =>
        Exploration.Of(() => Nested(new HashedGate(0), new HashedGate(0)), preemptions: 1).Fails("threads 01 wait for ever");

    private static Model Sets(OrderedLock[] locks, params int[][] sets)
    {
        var inside = new int[locks.Length];
        var overlapped = false;
        void Use(int[] set)
        {
            using (OrderedLock.EnterAll(locks[set[0]], locks[set[1]], [.. set[2..].Select(index => locks[index])]))
            {
                foreach (var index in set.Distinct())
                    overlapped |= ++inside[index] > 1;
                Schedule.Point();
                foreach (var index in set.Distinct())
                    inside[index]--;
            }
        }

        return new Model([.. sets.Select<int[], Action>(set => () => Use(set))]) { Holds = () => !overlapped };
    }

    private static Model Nested(object one, object other)
    {
        return new Model(() => Enter(one, other), () => Enter(other, one));

        static void Enter(object first, object second)
        {
            default(ExploredLocking).Enter(first);
            try
            {
                default(ExploredLocking).Enter(second);
                Monitor.Exit(second);
            }
            finally
            {
                Monitor.Exit(first);
            }
        }
    }

    private static bool Throws(OrderedLock wanted)
    {
        try
        {
            wanted.Enter().Dispose();
            return false;
        }
        catch (LockOrderException)
        {
            return true;
        }
    }
}
