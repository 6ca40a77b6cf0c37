extern alias explored;
using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

using explored::Threadwise;

/// <summary>The locks of threads, as they ship: one is inside at a time, and what is read without a lock is seen in the end.</summary>
public class Locks_Interleavings
{
    [Fact]
    public void A_guarded_value_is_changed_by_one_at_a_time() => Exploration.Of(static () =>
    {
        var guarded = new Guarded<int>(0);
        void Scope()
        {
            using var scope = guarded.Enter();
            scope.Value = Later(scope.Value) + 1;
        }

        return new Model(
            Scope,
            () => guarded.Update((ref value) => value = Later(value) + 1),
            () => guarded.Update((ref value) => value = Later(value) + 1))
        {
            Holds = () => guarded.Read(static value => value) == 3,
        };
    }).Passes();

    [Fact]
    public void A_guarded_value_is_told_of_by_one_at_a_time() => Exploration.Of(static () =>
    {
        var guarded = new Guarded<int>(0);
        int Next() => guarded.Update((ref value) => value = Later(value) + 1);
        return new Model(() => Next(), () => Next()) { Holds = () => guarded.Read(static value => value) == 2 };
    }).Passes();

    [Fact]
    public void A_guarded_value_is_never_read_half_changed() => Exploration.Of(static () =>
    {
        var (guarded, torn) = (new Guarded<(int Left, int Right)>((0, 0)), false);
        return new Model(
            () => guarded.Update((ref value) =>
            {
                value.Left++;
                Schedule.Point();
                value.Right++;
            }),
            () => torn = guarded.Read(static value => value.Left != value.Right))
        {
            Holds = () => !torn,
        };
    }).Passes();

    [Fact]
    public void A_value_without_its_lock_is_lost() => Exploration.Of(static () =>
    {
        var value = 0;
        void Add() => value = Later(value) + 1;
        return new Model(Add, Add) { Holds = () => value == 2 };
    }).Fails("the outcome is wrong");

    [Fact]
    public void An_ordered_lock_lets_one_in() => Exploration.Of(static () =>
    {
        var (gate, inside) = (new OrderedLock(1), new Inside());
        void Visit()
        {
            using (gate.Enter())
                inside.Visit();
        }

        void TryVisit()
        {
            if (!gate.TryEnter(out var scope))
                return;
            using (scope)
                inside.Visit();
        }

        return new Model(Visit, Visit, TryVisit) { Holds = () => inside.IsRight && inside.Visits >= 2 };
    }).Passes();

    [Fact]
    public void A_set_of_ordered_locks_lets_one_in() => Exploration.Of(static () =>
    {
        var (one, other, inside) = (new OrderedLock(1), new OrderedLock(1), new Inside());
        void Visit(OrderedLock first, OrderedLock second)
        {
            using (LockSet.Enter(first, second))
                inside.Visit();
        }

        return new Model(() => Visit(one, other), () => Visit(other, one)) { Holds = () => inside.IsRight };
    }, preemptions: 3).Passes();

    [Fact]
    public void A_set_of_objects_excludes_whoever_has_either() => ExcludesWhoeverHasOne(areLocks: false);

    [Fact]
    public void A_set_of_locks_excludes_whoever_has_either() => ExcludesWhoeverHasOne(areLocks: true);

    [Fact]
    public void Locks_that_are_made_at_once_have_different_numbers() => Exploration.Of(static () =>
    {
        var names = new string[2];
        return new Model(() => names[0] = new OrderedLock(int.MinValue).ToString(), () => names[1] = new OrderedLock(int.MinValue).ToString())
        {
            Holds = () => names[0] != names[1],
        };
    }).Passes();

    [Fact]
    public void Objects_that_are_numbered_at_once_have_different_numbers() => Exploration.Of(static () =>
    {
        var numbers = new long[2];
        return new Model(() => numbers[0] = GateNumber.Of(new object()), () => numbers[1] = GateNumber.Of(new object()))
        {
            Holds = () => numbers[0] != numbers[1],
        };
    }).Passes();

    [Fact]
    public void Who_asks_again_and_again_sees_a_lock_come_free()
    {
        Sees(static () =>
        {
            var gate = new AsyncLock();
            gate.TryEnter(out var scope);
            return (scope.Dispose, () => !gate.IsHeld);
        });
        Sees(static () =>
        {
            new AsyncLock().TryEnter(out var scope);
            return (scope.Dispose, () => !scope.IsHeld);
        });
        Sees(static () =>
        {
            new AsyncSemaphore(1).TryEnter(out var scope);
            return (scope.Dispose, () => !scope.IsHeld);
        });
        Sees(static () =>
        {
            new KeyedLock<int>().TryEnter(1, out var scope);
            return (scope.Dispose, () => !scope.IsHeld);
        });
        Sees(static () =>
        {
            var keys = new KeyedLock<int>();
            keys.TryEnter(1, out var scope);
            return (scope.Dispose, () => keys.Count == 0);
        });
        Sees(static () =>
        {
            var semaphore = new AsyncSemaphore(1);
            return (() => semaphore.Permits = 2, () => semaphore.Permits == 2);
        });
    }

    [Fact]
    public void Who_tries_again_and_again_gets_in() => Exploration.Of(static () =>
    {
        var gate = new AsyncLock();
        gate.TryEnter(out var first);
        return new Model(first.Dispose, () => Until(() => gate.TryEnter(out _)));
    }).Passes();

    [Fact]
    public void Who_asks_again_and_again_sees_that_orders_are_watched() => Exploration.Of(static () =>
    {
        LockOrder.Watch(LockOrderMode.Off);
        return new Model(() => LockOrder.Watch(LockOrderMode.Observe), () => Until(static () => LockOrder.Mode == LockOrderMode.Observe))
        {
            Holds = static () =>
            {
                LockOrder.Watch(LockOrderMode.Off);
                return true;
            },
        };
    }).Passes();

    [Fact]
    public void Of_two_orders_that_contradict_each_other_and_are_seen_at_once_one_is_told() => Exploration.Of(static () =>
    {
        var (one, other, told) = (new LockKind("one"), new LockKind("other"), 0);
        void See(LockKind held, LockKind wanted)
        {
            var violation = LockOrder.Note(held, wanted, isForbidden: false);
            told += violation is null ? 0 : 1;
        }

        return new Model(() => See(one, other), () => See(other, one)) { Holds = () => told == 1 };
    }, preemptions: 1).Passes();

    private static void ExcludesWhoeverHasOne(bool areLocks)
    {
        // The same in every schedule: they are taken in the order of their hash codes.
        var (objects, locks) = ((new object(), new object()), (new Lock(), new Lock()));
        Exploration.Of(() => Sets(areLocks, objects, locks), preemptions: 1).Passes();
    }

    private static Model Sets(bool areLocks, (object, object) objects, (Lock, Lock) locks)
    {
        var (inner, outer, wrong) = (0, 0, false);
        void Both()
        {
            if (areLocks)
                using (LockSet.Enter(locks.Item1, locks.Item2))
                    Look();
            else
                using (LockSet.Enter(objects.Item1, objects.Item2))
                    Look();
        }

        void Look()
        {
            inner++;
            Schedule.Point();
            wrong |= inner != 1 || outer != 0;
            inner--;
        }

        void One(object gate, Lock real)
        {
            if (areLocks)
                real.Enter();
            else
                Monitor.Enter(gate);
            outer++;
            Schedule.Point();
            outer--;
            if (areLocks)
                real.Exit();
            else
                Monitor.Exit(gate);
        }

        return new Model(Both, Both, () => One(objects.Item1, locks.Item1), () => One(objects.Item2, locks.Item2)) { Holds = () => !wrong };
    }

    private static void Sees(Func<(Action Change, Func<bool> IsChanged)> make) => Exploration.Of(() =>
    {
        var (change, isChanged) = make();
        return new Model(change, () => Until(isChanged));
    }).Passes();

    private static int Later(int value)
    {
        Schedule.Point();
        return value;
    }

    private static void Until(Func<bool> condition)
    {
        while (!condition())
            Schedule.Yield();
    }
}
