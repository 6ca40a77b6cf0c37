using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

/// <summary>What the documentation of <see cref="Threadwise.OrderedLock"/> says.</summary>
public class OrderedLock_
{
    private readonly OrderedLock _low = new(1, "accounts");
    private readonly OrderedLock _high = new(2, "audit");

    [Fact]
    public void Excludes_other_threads_while_its_scope_lives()
    {
        using (_low.Enter())
        {
            Assert.True(_low.IsHeldByCurrentThread);
            Assert.False(Elsewhere.CanEnter(_low));
        }

        Assert.False(_low.IsHeldByCurrentThread);
        Assert.True(Elsewhere.CanEnter(_low));
    }

    [Fact]
    public void Is_given_back_when_an_exception_leaves_the_scope()
    {
        Assert.Throws<InvalidOperationException>(Fail);
        Assert.True(Elsewhere.CanEnter(_low));

        void Fail()
        {
            using (_low.Enter())
                throw new InvalidOperationException();
        }
    }

    [Fact]
    public void Ranks_may_go_up()
    {
        using (_low.Enter())
        using (_high.Enter())
            Assert.True(_low.IsHeldByCurrentThread && _high.IsHeldByCurrentThread);
        using (_high.Enter())
            Assert.False(_low.IsHeldByCurrentThread);
    }

    [Fact]
    public void A_lower_rank_under_a_higher_one_throws_with_both_names()
    {
        using (_high.Enter())
        {
            var thrown = Assert.Throws<LockOrderException>(() => _low.Enter().Dispose());
            Assert.Same(_high, thrown.Held);
            Assert.Same(_low, thrown.Wanted);
            Assert.Equal("The lock 'accounts' of rank 1 cannot be taken while this thread holds 'audit' of rank 2: locks are taken in the order of their ranks, the lowest first.", thrown.Message);
            Assert.True(Elsewhere.CanEnter(_low));
        }

        using (_low.Enter())
        {
        }
    }

    [Fact]
    public void The_same_rank_throws_too()
    {
        var twin = new OrderedLock(1);
        using (_low.Enter())
            Assert.Equal("The lock of rank 1 cannot be taken while this thread holds 'accounts' of rank 1: locks are taken in the order of their ranks, the lowest first.",
                Assert.Throws<LockOrderException>(() => twin.Enter().Dispose()).Message);
    }

    [Fact]
    public void The_same_lock_cannot_be_taken_twice()
    {
        using (_low.Enter())
        using (_high.Enter())
        {
            var thrown = Assert.Throws<LockOrderException>(() => _low.Enter().Dispose());
            Assert.Same(_low, thrown.Held);
            Assert.Equal("The lock 'accounts' of rank 1 is held by this thread already, and cannot be taken again.", thrown.Message);
            Assert.False(_low.TryEnter(out _));
        }
    }

    [Fact]
    public void It_throws_before_it_waits()
    {
        using var holder = new Elsewhere(_low);
        using (_high.Enter())
            Assert.Throws<LockOrderException>(() => _low.Enter().Dispose());
    }

    [Fact]
    public void Trying_takes_a_free_lock_in_any_order_and_never_waits()
    {
        using (_high.Enter())
        {
            Assert.True(_low.TryEnter(out var scope));
            using (scope)
                Assert.True(_low.IsHeldByCurrentThread);
            Assert.True(Elsewhere.CanEnter(_low));
            using var holder = new Elsewhere(_low);
            Assert.False(_low.TryEnter(out var none));
            none.Dispose();
        }
    }

    [Fact]
    public void What_was_tried_for_counts_for_the_order()
    {
        using (_high.Enter())
        {
            Assert.True(_low.TryEnter(out var scope));
            using (scope)
                Assert.Same(_high, Assert.Throws<LockOrderException>(() => new OrderedLock(2).Enter().Dispose()).Held);
            using (new OrderedLock(3).Enter())
            {
            }
        }
    }

    [Fact]
    public void Scopes_may_end_in_any_order()
    {
        var top = new OrderedLock(3);
        var first = _low.Enter();
        var second = _high.Enter();
        var third = top.Enter();
        second.Dispose();
        Assert.True(Elsewhere.CanEnter(_high));
        Assert.Same(top, Assert.Throws<LockOrderException>(() => _high.Enter().Dispose()).Held);
        third.Dispose();
        using (_high.Enter())
            first.Dispose();
        Assert.True(Elsewhere.CanEnter(_low) && Elsewhere.CanEnter(_high) && Elsewhere.CanEnter(top));
        using (_low.Enter())
        {
        }
    }

    [Fact]
    public void Disposing_of_a_scope_again_does_nothing()
    {
        var scope = _low.Enter();
        scope.Dispose();
        scope.Dispose();
        default(OrderedLock.Scope).Dispose();
        using (_low.Enter())
        {
            scope.Dispose();
            Assert.True(_low.IsHeldByCurrentThread);
        }
    }

    [Fact]
    public void A_stale_copy_of_a_scope_never_gives_back_what_was_taken_later()
    {
        var scope = _low.Enter();
        var copy = scope;
        scope.Dispose();
        copy.Dispose();
        using (_low.Enter())
        {
            copy = scope;
            copy.Dispose();
            Assert.True(_low.IsHeldByCurrentThread);
        }

        var third = _low.Enter();
        var stale = third;
        third.Dispose();
        using var holder = new Elsewhere(_low);
        stale.Dispose();
        Assert.False(_low.TryEnter(out _));
    }

    [Fact]
    public void An_interrupted_wait_takes_nothing()
    {
        using (_low.Enter())
            Assert.IsType<ThreadInterruptedException>(Elsewhere.Interrupted(() => _low.Enter().Dispose()));
        Assert.True(Elsewhere.CanEnter(_low));
    }

    [Fact]
    public void Says_its_name_and_rank()
    {
        Assert.Equal((1, "accounts", "'accounts' of rank 1"), (_low.Rank, _low.Name, _low.ToString()));
        Assert.Equal((-7, null, "of rank -7"), (new OrderedLock(-7).Rank, new OrderedLock(-7).Name, new OrderedLock(-7).ToString()));
    }
}
