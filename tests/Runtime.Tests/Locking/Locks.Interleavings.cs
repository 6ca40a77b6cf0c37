extern alias explored;
using System.Reflection;
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

    /// <summary>Where numbers of 64 bits are written in halves, nobody finds one of before between them.</summary>
    [Fact]
    public void A_scope_of_long_ago_never_holds_again()
    {
        Exploration.Of(static () =>
        {
            var gate = new AsyncLock();
            var scope = Second(gate);
            var next = gate.EnterAsync();
            var (old, isHeld) = (OfTurn(scope, 1), false);
            return new Model(scope.Dispose, () => isHeld = old.IsHeld) { Holds = () => !isHeld && Waiting.Result(next).IsHeld };
        }).Passes();
        Exploration.Of(static () =>
        {
            var semaphore = new AsyncSemaphore(1);
            return Ends(() => semaphore.TryEnter(out var scope) ? scope : default, static scope => scope.IsHeld);
        }).Passes();
        Exploration.Of(static () =>
        {
            var keys = new KeyedLock<int>();
            return Ends(() => keys.TryEnter(1, out var scope) ? scope : default, static scope => scope.IsHeld);
        }).Passes();

        static Model Ends<TScope>(Func<TScope> enter, Func<TScope, bool> holds) where TScope : struct, IDisposable
        {
            enter().Dispose();
            var second = enter();
            var (old, isHeld) = (OfTurn(second, 0), false);
            Assert.True(holds(second));
            return new Model(second.Dispose, () => isHeld = holds(old)) { Holds = () => !isHeld && !holds(second) };
        }
    }

    [Fact]
    public void Turns_only_grow_where_the_last_that_waits_leaves_as_the_lock_is_given_back() => Exploration.Of(static () =>
    {
        var (gate, source, next) = (new AsyncLock(), new CancellationTokenSource(), default(AsyncLock.Scope));
        var scope = Second(gate);
        _ = gate.EnterAsync(source.Token);
        return new Model(source.Cancel, () =>
        {
            scope.Dispose();
            gate.TryEnter(out next);
        }) { Holds = () => !next.IsHeld || next.Turn > scope.Turn };
    }).Passes();

    [Fact]
    public void Who_is_interrupted_as_it_waits_for_the_second_of_a_set_leaves_the_first_free() => Exploration.Of(static () =>
    {
        var (outer, inner) = LockPair.InOrder(default(Monitors), new object(), new object());
        return new Model(
            () => Record.Exception(() => LockSet.Enter(outer, inner!).Dispose()),
            () =>
            {
                Monitor.Enter(inner!);
                Schedule.Point();
                Monitor.Exit(inner!);
            },
            static () => Schedule.Interrupt(0))
        {
            Holds = () => Monitor.TryEnter(outer) && Monitor.TryEnter(inner!),
        };
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

    /// <summary>The next comes with the upper half of the number.</summary>
    private static AsyncLock.Scope Second(AsyncLock gate)
    {
        Waiting.Result(gate.EnterAsync()).Dispose();
        return Waiting.Result(gate.EnterAsync());
    }

    private static TScope OfTurn<TScope>(TScope scope, long turn) where TScope : struct
    {
        object old = scope;
        typeof(TScope).GetField("_turn", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(old, turn);
        return (TScope)old;
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
