extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

using explored::Threadwise;

/// <summary>Orders that contradict each other are told of once, and none is lost, in every schedule of threads that take locks in them at the same time.</summary>
[Collection(nameof(OrdersOfTheProcess))]
public sealed class LockOrder_Interleavings : IDisposable
{
    public void Dispose()
    {
        LockOrder.Watch(LockOrderMode.Off);
        LockOrder.Forget();
    }

    [Fact]
    public void Of_two_that_take_two_locks_in_opposite_orders_one_is_told_and_nobody_waits_for_ever() =>
        Exploration.Of(static () => Ring(LockOrderMode.Throw, "one", "other"), preemptions: 3).Passes();

    [Fact]
    public void Of_three_that_take_three_locks_in_a_ring_one_is_told_and_nobody_waits_for_ever() =>
        Exploration.Of(static () => Ring(LockOrderMode.Throw, "one", "other", "third")).Passes();

    [Fact]
    public void What_two_do_wrong_in_the_same_way_at_once_is_told_once_and_refused_to_both() => Exploration.Of(static () =>
    {
        var (told, refused) = (0, 0);
        LockOrder.Forget();
        LockOrder.Watch(LockOrderMode.Throw, _ => told++);
        Take(new OrderedLock("one"), new OrderedLock("other"));
        void TakeBack()
        {
            if (!Take(new OrderedLock("other"), new OrderedLock("one")))
                refused++;
        }

        return new Model(TakeBack, TakeBack) { Holds = () => told == 1 && refused == 2 && LockOrder.Edges.Count == 2 };
    }, preemptions: 3).Passes();

    [Fact]
    public void Locks_of_the_same_names_in_opposite_orders_at_once_are_told_of_once_and_both_orders_are_kept() => Exploration.Of(static () =>
    {
        var told = new List<LockOrderViolation>();
        LockOrder.Forget();
        LockOrder.Watch(LockOrderMode.Observe, told.Add);
        return new Model(() => Take(new OrderedLock("one"), new OrderedLock("other")), () => Take(new OrderedLock("other"), new OrderedLock("one")))
        {
            Holds = () => told.Count == 1 && told[0].Cycle.Count == 2 && LockOrder.Edges.Count(static edge => edge.IsViolation) == 1 && LockOrder.Edges.Count == 2,
        };
    }, preemptions: 3).Passes();

    /// <summary>The broken control: the second order is told, and the lock is waited for all the same.</summary>
    [Fact]
    public void Where_it_is_told_and_not_refused_the_two_deadlock() =>
        Exploration.Of(static () => Ring(LockOrderMode.Observe, "one", "other")).Fails("threads 01 wait for ever");

    /// <summary>The broken control: whether the opposite order was seen is asked before this one is noted, and without a lock.</summary>
    [Fact]
    public void Where_who_notes_an_order_looks_first_nobody_is_told() => Exploration.Of(static () =>
    {
        var (edges, told) = (new HashSet<(int, int)>(), 0);
        void See(int held, int wanted)
        {
            var isViolation = edges.Contains((wanted, held));
            Schedule.Point();
            edges.Add((held, wanted));
            told += isViolation ? 1 : 0;
        }

        return new Model(() => See(1, 2), () => See(2, 1)) { Holds = () => told == 1 };
    }).Fails("the outcome is wrong");

    /// <summary>Each takes a lock and the one after it, the last one the first.</summary>
    private static Model Ring(LockOrderMode mode, params string[] names)
    {
        var (told, refused) = (0, 0);
        LockOrder.Forget();
        LockOrder.Watch(mode, _ => told++);
        OrderedLock[] locks = [.. names.Select(static name => new OrderedLock(name))];
        return new Model([.. locks.Select<OrderedLock, Action>((first, i) => () =>
        {
            if (!Take(first, locks[(i + 1) % locks.Length]))
                refused++;
        })])
        {
            Holds = () => told == 1 && refused == (mode == LockOrderMode.Throw ? 1 : 0) && LockOrder.Edges.Count == locks.Length,
        };
    }

    private static bool Take(OrderedLock first, OrderedLock second)
    {
        using (first.Enter())
        {
            try
            {
                second.Enter().Dispose();
                return true;
            }
            catch (LockOrderException)
            {
                return false;
            }
        }
    }
}
