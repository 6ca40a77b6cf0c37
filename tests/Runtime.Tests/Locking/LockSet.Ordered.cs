using Threadwise.Runtime.Tests.Interleaving;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

/// <summary>Sets of ranked locks, and the order in which each kind is taken.</summary>
public class LockSet_Ordered
{
    private readonly OrderedLock _low = new(1);
    private readonly OrderedLock _middle = new(2, "middle");
    private readonly OrderedLock _high = new(3);

    [Fact]
    public void Locks_of_one_rank_may_be_held_when_taken_together()
    {
        var twin = new OrderedLock(2);
        using (LockSet.Enter(twin, _middle))
        {
            Assert.True(twin.IsHeldByCurrentThread && _middle.IsHeldByCurrentThread);
            Assert.Throws<LockOrderException>(() => new OrderedLock(2).Enter().Dispose());
            using (_high.Enter())
            {
            }
        }

        Assert.True(Elsewhere.CanEnter(twin) && Elsewhere.CanEnter(_middle));
    }

    [Fact]
    public void The_whole_set_must_be_above_what_is_held()
    {
        using (_middle.Enter())
        {
            Assert.Same(_low, Assert.Throws<LockOrderException>(() => LockSet.Enter(_high, _low).Dispose()).Wanted);
            Assert.Same(_middle, Assert.Throws<LockOrderException>(() => LockSet.Enter(_high, _middle).Dispose()).Held);
            Assert.False(_high.IsHeldByCurrentThread || _low.IsHeldByCurrentThread);
        }
    }

    [Fact]
    public void More_than_two_are_taken_once_each_and_all_given_back()
    {
        var set = Enumerable.Range(0, 20).Select(i => new OrderedLock(i % 3)).ToArray();
        using (LockSet.Enter(set[7], set[7], set))
            Assert.All(set, gate => Assert.True(gate.IsHeldByCurrentThread));
        Assert.All(set, gate => Assert.True(Elsewhere.CanEnter(gate)));
        using (LockSet.Enter(_low, _low))
            Assert.True(_low.IsHeldByCurrentThread);
        using (_low.Enter())
        {
        }
    }

    [Fact]
    public void The_callers_array_stays_as_it_was()
    {
        OrderedLock[] given = [_high, _low, _middle];
        using (LockSet.Enter(_middle, _high, given))
            Assert.Equal([_high, _low, _middle], given);
    }

    [Fact]
    public void A_stale_copy_of_a_sets_scope_does_nothing()
    {
        var scope = LockSet.Enter(_high, _low, _middle);
        var copy = scope;
        scope.Dispose();
        copy.Dispose();
        using (LockSet.Enter(_middle, _low, _high))
        {
            copy = scope;
            copy.Dispose();
            Assert.True(_low.IsHeldByCurrentThread && _middle.IsHeldByCurrentThread && _high.IsHeldByCurrentThread);
        }
    }

    [Fact]
    public void An_interrupted_wait_takes_none()
    {
        foreach (var held in new[] { _low, _middle, _high })
            using (held.Enter())
                Assert.IsType<ThreadInterruptedException>(Elsewhere.Interrupted(() => LockSet.Enter(_high, _middle, _low).Dispose()));
        Assert.All([_low, _middle, _high], gate => Assert.True(Elsewhere.CanEnter(gate)));
    }

    [Theory, InlineData(1, 2), InlineData(2, 1), InlineData(7, 7)]
    public void A_pair_is_locked_in_one_order_whoever_names_it(int one, int other)
    {
        var (a, b) = (new HashedGate(one), new HashedGate(other));
        Assert.Equal(Order(a, b), Order(b, a));
        Assert.Equal(new[] { a, b }.OrderBy(gate => gate.Hash).ThenBy(gate => gate.Number), Order(a, b));
    }

    [Fact]
    public void If_the_second_cannot_be_had_the_first_is_given_back()
    {
        Steps.Clear();
        Assert.Throws<ThreadInterruptedException>(() => new Pair<Interrupted>(default, new HashedGate(2), new HashedGate(1)));
        Assert.Equal(["enter 1", "enter 2", "exit 1"], Steps);
    }

    [Fact]
    public void Numbers_are_given_once_and_differ()
    {
        var objects = Enumerable.Range(0, 100).Select(_ => new object()).ToList();
        var numbers = objects.ConvertAll(GateNumber.Of);
        Assert.Equal(100, numbers.Distinct().Count());
        Assert.Equal(numbers, objects.ConvertAll(GateNumber.Of));
    }

    private static IEnumerable<object> Order(HashedGate first, HashedGate second)
    {
        using var both = new Pair<ExploredLocking>(default, first, second);
        return [both.Outer, both.Inner!];
    }

    private static readonly List<string> Steps = [];

    /// <summary>The lock with the hash code 2 cannot be had.</summary>
    private readonly struct Interrupted : ILocking
    {
        public void Enter(object gate)
        {
            Steps.Add($"enter {Hash(gate)}");
            if (Hash(gate) == 2)
                throw new ThreadInterruptedException();
        }

        public void Exit(object gate) => Steps.Add($"exit {Hash(gate)}");

        public int Hash(object gate) => ((HashedGate)gate).Hash;

        public long Number(object gate) => ((HashedGate)gate).Number;
    }
}
