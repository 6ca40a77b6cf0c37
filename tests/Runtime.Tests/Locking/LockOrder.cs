using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

/// <summary>What the documentation of <see cref="Threadwise.LockOrder"/> says.</summary>
[Collection(nameof(OrdersOfTheProcess))]
public sealed class LockOrder_ : IDisposable
{
    private readonly List<LockOrderViolation> _told = [];
    private readonly OrderedLock _a = new("a");
    private readonly OrderedLock _b = new("b");
    private readonly OrderedLock _c = new("c");

    public LockOrder_() => LockOrder.Forget();

    public void Dispose()
    {
        LockOrder.Watch(LockOrderMode.Off);
        LockOrder.Forget();
    }

    [Fact]
    public void Two_orders_that_contradict_each_other_throw_before_anybody_waits()
    {
        LockOrder.Watch(LockOrderMode.Throw, _told.Add);
        Nest(_a, _b);
        using (_b.Enter())
        {
            var thrown = Assert.Throws<LockOrderException>(() => _a.Enter().Dispose());
            Assert.Equal((_b, _a), (thrown.Held, thrown.Wanted));
            Assert.StartsWith("The lock 'a' cannot be taken while this thread holds 'b': the opposite order was seen. Locks are taken in a ring: 'a' while holding 'b', 'b' while holding 'a'.", thrown.Message);
            Assert.Same(thrown.Violation, Assert.Single(_told));
            Assert.False(_a.IsHeldByCurrentThread);
        }

        Assert.Throws<LockOrderException>(() => Nest(_b, _a));
        Assert.Single(_told);
        Nest(_a, _b);
    }

    [Fact]
    public void Both_stacks_are_told()
    {
        LockOrder.Watch(LockOrderMode.Observe, _told.Add);
        OneWay();
        TheOther();
        var cycle = Assert.Single(_told).Cycle;
        Assert.Equal(["'a' while holding 'b'", "'b' while holding 'a'"], cycle.Select(static edge => edge.ToString()));
        Assert.Contains(nameof(TheOther), cycle[0].Stack);
        Assert.Contains(nameof(OneWay), cycle[1].Stack);
        Assert.DoesNotContain("Threadwise.OrderedLock.", cycle[0].Stack.Split('\n')[0]);
        Assert.Contains(nameof(OneWay), _told[0].ToString());

        void OneWay() => Nest(_a, _b);

        void TheOther() => Nest(_b, _a);
    }

    [Fact]
    public void The_smallest_ring_is_told()
    {
        LockOrder.Watch(LockOrderMode.Observe, _told.Add);
        var d = new OrderedLock("d");
        Nest(_a, _b);
        Nest(_b, _c);
        Nest(_c, d);
        Nest(_a, _c);
        Assert.Empty(_told);
        Nest(d, _a);
        Assert.Equal(["'a' while holding 'd'", "'c' while holding 'a'", "'d' while holding 'c'"], Assert.Single(_told).Cycle.Select(static edge => edge.ToString()));
    }

    [Fact]
    public void Who_observes_is_told_once_and_the_lock_is_taken()
    {
        LockOrder.Watch(LockOrderMode.Observe, _told.Add);
        for (var i = 0; i < 3; i++)
        {
            Nest(_a, _b);
            Nest(_b, _a);
        }

        Assert.Single(_told);
        Assert.Equal(2, LockOrder.Edges.Count);
    }

    [Fact]
    public void Nothing_is_watched_until_it_is_asked_for()
    {
        Nest(_a, _b);
        Nest(_b, _a);
        Assert.Empty(LockOrder.Edges);
        Assert.Equal(LockOrderMode.Off, LockOrder.Mode);
    }

    [Fact]
    public void Ranks_are_checked_all_the_same_and_the_opposite_order_is_told()
    {
        var (low, high) = (new OrderedLock(1, "low"), new OrderedLock(2, "high"));
        LockOrder.Watch(LockOrderMode.Observe, _told.Add);
        Nest(low, high);
        var thrown = Assert.Throws<LockOrderException>(() => Nest(high, low));
        Assert.Contains("in the order of their ranks", thrown.Message);
        Assert.Same(Assert.Single(_told), thrown.Violation);
        Assert.Equal(["'low' of rank 1 while holding 'high' of rank 2", "'high' of rank 2 while holding 'low' of rank 1"], thrown.Violation!.Cycle.Select(static edge => edge.ToString()));
    }

    [Fact]
    public void Locks_of_one_name_are_one_and_do_not_nest()
    {
        LockOrder.Watch(LockOrderMode.Throw);
        Assert.Single(Assert.Throws<LockOrderException>(() => Nest(_a, new OrderedLock("a"))).Violation!.Cycle);
        using (LockSet.Enter(_a, new OrderedLock("a")))
            Assert.True(_a.IsHeldByCurrentThread);
    }

    [Fact]
    public void Sets_come_after_what_is_held_and_in_no_order_among_themselves()
    {
        LockOrder.Watch(LockOrderMode.Throw);
        using (LockSet.Enter(_b, _c))
        {
        }

        using (LockSet.Enter(_c, _b))
        {
        }

        Assert.Empty(LockOrder.Edges);
        using (_a.Enter())
        using (LockSet.Enter(_b, _c))
            Assert.Equal(["'b' while holding 'a'", "'c' while holding 'a'"], LockOrder.Edges.Select(static edge => edge.ToString()));
        using (_c.Enter())
            Assert.Throws<LockOrderException>(() => LockSet.Enter(_a, _b).Dispose());
        Assert.True(Elsewhere.CanEnter(_a) && Elsewhere.CanEnter(_b));
    }

    [Fact]
    public void What_is_tried_for_comes_after_nothing_and_before_what_follows()
    {
        LockOrder.Watch(LockOrderMode.Throw);
        Nest(_a, _b);
        using (_b.Enter())
        {
            Assert.True(_a.TryEnter(out var scope));
            using (scope)
                Assert.Single(LockOrder.Edges);
        }
    }

    [Fact]
    public void A_lock_without_a_rank_cannot_be_taken_twice()
    {
        using (_a.Enter())
        using (_b.Enter())
        {
            Assert.Same(_a, Assert.Throws<LockOrderException>(() => _a.Enter().Dispose()).Held);
            Assert.Throws<LockOrderException>(() => LockSet.Enter(_c, _a).Dispose());
            Assert.False(_c.IsHeldByCurrentThread);
        }

        Assert.True(Elsewhere.CanEnter(_a) && Elsewhere.CanEnter(_c));
    }

    [Fact]
    public void What_the_one_who_is_told_throws_comes_out_and_nothing_is_taken()
    {
        LockOrder.Watch(LockOrderMode.Observe, static _ => throw new InvalidTimeZoneException());
        Nest(_a, _b);
        Assert.Throws<InvalidTimeZoneException>(() => Nest(_b, _a));
        Assert.True(Elsewhere.CanEnter(_a) && Elsewhere.CanEnter(_b));
        Nest(_b, _a);
    }

    /// <summary>The ring is long, so that it takes a while to find.</summary>
    [Fact]
    public async Task Who_does_the_same_wrong_while_the_ring_is_looked_for_is_refused_too()
    {
        LockKind[] kinds = [.. Enumerable.Range(0, 4_000).Select(static i => new LockKind($"{i}"))];
        for (var i = 1; i < kinds.Length; i++)
            Assert.Null(LockOrder.Note(kinds[i - 1], kinds[i], isForbidden: false));
        var second = Task.Run(() =>
        {
            SpinWait.SpinUntil(() => kinds[^1].Wanted.ContainsKey(kinds[0]));
            return LockOrder.Note(kinds[^1], kinds[0], isForbidden: false);
        }, TestContext.Current.CancellationToken);
        Assert.NotNull(LockOrder.Note(kinds[^1], kinds[0], isForbidden: false));
        Assert.NotNull(await second);
    }

    [Fact]
    public void The_orders_are_drawn()
    {
        LockOrder.Watch(LockOrderMode.Observe);
        var quoted = new OrderedLock(3, "the \"c\"");
        Nest(_a, quoted);
        Nest(_a, _b);
        Nest(_b, _a);
        Assert.Equal("digraph locks {\n  \"'a'\" -> \"'b'\";\n  \"'a'\" -> \"'the \\\"c\\\"' of rank 3\";\n  \"'b'\" -> \"'a'\" [color=red];\n}\n", LockOrder.ToDot());
        Assert.Equal("graph LR\n  n0[\"'a'\"] --> n1[\"'b'\"]\n  n0 --> n2[\"'the #quot;c#quot;' of rank 3\"]\n  n1 -.-> n0\n", LockOrder.ToMermaid());
        LockOrder.Forget();
        Assert.Equal(("digraph locks {\n}\n", "graph LR\n"), (LockOrder.ToDot(), LockOrder.ToMermaid()));
    }

    [Fact]
    public void Wrong_arguments_are_refused_by_name()
    {
        Assert.Equal("mode", Assert.Throws<ArgumentOutOfRangeException>(static () => LockOrder.Watch((LockOrderMode)3)).ParamName);
        Assert.Equal("name", Assert.Throws<ArgumentNullException>(static () => new OrderedLock(null!)).ParamName);
        Assert.Equal((int.MinValue, "a", "'a'"), (_a.Rank, _a.Name, _a.ToString()));
    }

    private static void Nest(OrderedLock outer, OrderedLock inner)
    {
        using (outer.Enter())
        using (inner.Enter())
        {
        }
    }
}

/// <summary>Orders are watched for the whole process, so nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(OrdersOfTheProcess), DisableParallelization = true)]
public class OrdersOfTheProcess;
