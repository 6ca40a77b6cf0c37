using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

/// <summary>Pairs of objects are locked without a deadlock in every schedule of a few threads; without the sort or the numbers there is one, and it is found.</summary>
public class LockSet_Interleavings
{
    private const string Deadlock = "wait for ever";

    /// <summary>Hash codes of three objects: all different, some equal, all equal.</summary>
    public static TheoryData<int, int, int> Hashes => new() { { 1, 2, 3 }, { 3, 1, 2 }, { 1, 1, 2 }, { 2, 1, 1 }, { 1, 2, 1 }, { 7, 7, 7 } };

    /// <summary>Each thread locks a pair, moves something from one to the other in two steps, and unlocks.</summary>
    private static Model Transfers<TLocking>(TLocking locking, HashedGate[] gates, params (int From, int To)[] pairs) where TLocking : struct, ILocking
    {
        var balances = new int[gates.Length];
        var expected = gates.Select((_, index) => pairs.Count(pair => pair.To == index) - pairs.Count(pair => pair.From == index));
        void Transfer(int from, int to)
        {
            using var both = new Pair<TLocking>(locking, gates[from], gates[to]);
            var (left, right) = (balances[from] - 1, balances[to] + 1);
            Schedule.Point();
            (balances[from], balances[to]) = (left, right);
        }

        return new Model([.. pairs.Select<(int From, int To), Action>(pair => () => Transfer(pair.From, pair.To))]) { Holds = () => balances.SequenceEqual(expected) };
    }

    [Theory, MemberData(nameof(Hashes))]
    public void Two_threads_that_name_a_pair_in_opposite_orders_both_get_it(int a, int b, int c)
    {
        Exploration.Of(() => Transfers(default(ExploredLocking), [new(a), new(b)], (0, 1), (1, 0)), preemptions: 5).Passes();
        Exploration.Of(() => Transfers(default(ExploredLocking), [new(b), new(c)], (0, 1), (1, 0)), preemptions: 5).Passes();
    }

    [Theory, MemberData(nameof(Hashes))]
    public void Three_threads_in_a_ring_all_get_their_pair(int a, int b, int c) =>
        Exploration.Of(() => Transfers(default(ExploredLocking), [new(a), new(b), new(c)], (0, 1), (1, 2), (2, 0))).Passes();

    [Fact]
    public void Without_the_sort_two_threads_deadlock()
    {
        var found = Exploration.Of(() => Transfers(default(Unsorted), [new(1), new(2)], (0, 1), (1, 0)), preemptions: 1);
        found.Fails(Deadlock);
        Assert.Contains(Deadlock, Schedule.Run(Transfers(default(Unsorted), [new(1), new(2)], (0, 1), (1, 0)), found.Failing!).Failure);
    }

    [Fact]
    public void Without_the_numbers_two_threads_with_equal_hash_codes_deadlock() =>
        Exploration.Of(() => Transfers(default(ExploredLocking), [new(7, number: 0), new(7, number: 0)], (0, 1), (1, 0)), preemptions: 1).Fails(Deadlock);

    [Fact]
    public void Without_locks_a_transfer_is_lost() =>
        Exploration.Of(() => Transfers(default(Unlocked), [new(1), new(2)], (0, 1), (1, 0)), preemptions: 1).Fails("the outcome is wrong");

    [Fact]
    public void A_global_lock_for_equal_hash_codes_would_deadlock_when_pairs_nest()
    {
        Exploration.Of(() => Nested(EnterByTheBook)).Fails(Deadlock);
        Exploration.Of(() => Nested(static (_, first, second) => Enter(first, second)), preemptions: 3).Passes();
    }

    /// <summary>One thread holds a lock and asks for a pair with equal hash codes, the other asks for such a pair in which that lock is: no ring of objects.</summary>
    private static Model Nested(Func<object, HashedGate, HashedGate, Action> enter)
    {
        var (tie, held, partner, one, other) = (new object(), new HashedGate(5), new HashedGate(5), new HashedGate(7), new HashedGate(7));
        return new Model(
            () =>
            {
                default(ExploredLocking).Enter(held);
                try
                {
                    enter(tie, one, other)();
                }
                finally
                {
                    Monitor.Exit(held);
                }
            },
            () => enter(tie, partner, held)());
    }

    private static Action Enter(HashedGate first, HashedGate second)
    {
        var both = new Pair<ExploredLocking>(default, first, second);
        return both.Dispose;
    }

    /// <summary>Java Concurrency in Practice, 10.1.2: where hash codes are equal, a third lock is taken first and held to the end.</summary>
    private static Action EnterByTheBook(object tie, HashedGate first, HashedGate second)
    {
        object[] taken = [tie, first, second];
        var count = 0;
        try
        {
            for (; count < taken.Length; count++)
                default(ExploredLocking).Enter(taken[count]);
        }
        catch
        {
            Release();
            throw;
        }

        return Release;

        void Release()
        {
            while (count > 0)
                Monitor.Exit(taken[--count]);
        }
    }

    /// <summary>Locks nothing.</summary>
    private readonly struct Unlocked : ILocking
    {
        public void Enter(object gate) => Schedule.Point();

        public void Exit(object gate)
        {
        }

        public int Hash(object gate) => ((HashedGate)gate).Hash;

        public long Number(object gate) => ((HashedGate)gate).Number;
    }
}
