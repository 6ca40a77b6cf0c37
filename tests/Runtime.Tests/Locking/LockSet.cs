using System.Diagnostics;
using Xunit;

namespace Threadwise.Runtime.Tests.Locking;

/// <summary>What the documentation of <see cref="Threadwise.LockSet"/> says.</summary>
public class LockSet_
{
    private readonly object _a = new();
    private readonly object _b = new();

    [Fact]
    public void Objects_are_locked_as_by_a_lock_statement()
    {
        using (LockSet.Enter(_a, _b))
        {
            Assert.True(Monitor.IsEntered(_a) && Monitor.IsEntered(_b));
            Assert.False(Elsewhere.CanEnter(_a) || Elsewhere.CanEnter(_b));
        }

        Assert.True(Elsewhere.CanEnter(_a) && Elsewhere.CanEnter(_b));
    }

    [Fact]
    public void One_object_given_twice_is_locked_once()
    {
        using (LockSet.Enter(_a, _a))
        {
            Monitor.Exit(_a);
            Assert.False(Monitor.IsEntered(_a));
            Monitor.Enter(_a);
        }

        Assert.False(Monitor.IsEntered(_a));
    }

    [Fact]
    public void An_object_that_is_held_already_is_locked_once_more()
    {
        lock (_a)
        {
            using (LockSet.Enter(_b, _a))
                Assert.True(Monitor.IsEntered(_b));
            Assert.True(Monitor.IsEntered(_a));
        }

        Assert.True(Elsewhere.CanEnter(_a));
    }

    [Fact]
    public void Waiting_and_pulsing_work_inside()
    {
        var ready = false;
        var waiter = new Thread(() =>
        {
            using (LockSet.Enter(_a, _a))
                while (!ready)
                    Monitor.Wait(_a);
        });
        waiter.Start();
        using (LockSet.Enter(_b, _a))
        {
            ready = true;
            Monitor.PulseAll(_a);
        }

        Assert.True(waiter.Join(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Locks_of_the_newer_kind_are_taken_as_such()
    {
        var (a, b) = (new Lock(), new Lock());
        using (LockSet.Enter(a, b))
        {
            Assert.True(a.IsHeldByCurrentThread && b.IsHeldByCurrentThread);
            Assert.False(Elsewhere.CanEnter(a) || Elsewhere.CanEnter(b));
        }

        using (LockSet.Enter(a, a))
            Assert.True(a.IsHeldByCurrentThread);
        Assert.True(Elsewhere.CanEnter(a) && Elsewhere.CanEnter(b));
    }

    [Fact]
    public void A_lock_of_its_own_kind_is_refused_as_a_mere_object()
    {
#pragma warning disable CS9216 // On purpose.
        object hidden = new Lock();
#pragma warning restore CS9216
        Assert.Equal("second", Assert.Throws<ArgumentException>(() => LockSet.Enter(_a, hidden).Dispose()).ParamName);
        Assert.Equal("first", Assert.Throws<ArgumentException>(() => LockSet.Enter(hidden, _a).Dispose()).ParamName);
        Assert.Equal("first", Assert.Throws<ArgumentException>(() => LockSet.Enter((object)new OrderedLock(1), _a).Dispose()).ParamName);
        Assert.True(Elsewhere.CanEnter(_a));
    }

    [Fact]
    public void Null_is_refused_and_nothing_taken()
    {
        Assert.Equal("second", Assert.Throws<ArgumentNullException>(() => LockSet.Enter(_a, null!).Dispose()).ParamName);
        Assert.Equal("first", Assert.Throws<ArgumentNullException>(() => LockSet.Enter(null!, _a).Dispose()).ParamName);
        Assert.Equal("first", Assert.Throws<ArgumentNullException>(() => LockSet.Enter((Lock)null!, new Lock()).Dispose()).ParamName);
        Assert.Equal("second", Assert.Throws<ArgumentNullException>(() => LockSet.Enter(new OrderedLock(1), (OrderedLock)null!).Dispose()).ParamName);
        Assert.Equal("more", Assert.Throws<ArgumentNullException>(() => LockSet.Enter(new OrderedLock(1), new OrderedLock(1), (OrderedLock)null!).Dispose()).ParamName);
        Assert.True(Elsewhere.CanEnter(_a));
    }

    [Fact]
    public void An_interrupted_wait_takes_none()
    {
        foreach (var held in new[] { _a, _b })
            lock (held)
                Assert.IsType<ThreadInterruptedException>(Elsewhere.Interrupted(() => LockSet.Enter(_a, _b).Dispose()));
        Assert.True(Elsewhere.CanEnter(_a) && Elsewhere.CanEnter(_b));
    }

    [Fact]
    public void Disposing_again_does_nothing()
    {
        lock (_a)
        lock (_b)
        {
            var scope = LockSet.Enter(_a, _b);
            scope.Dispose();
            scope.Dispose();
            default(LockSet.Scope).Dispose();
            Assert.True(Monitor.IsEntered(_a) && Monitor.IsEntered(_b));
        }
    }

    [Fact]
    public void Both_are_given_back_even_if_one_was_already()
    {
        foreach (var gone in new[] { _a, _b })
        {
            Assert.Throws<SynchronizationLockException>(() =>
            {
                using (LockSet.Enter(_a, _b))
                    Monitor.Exit(gone);
            });
            Assert.True(Elsewhere.CanEnter(_a) && Elsewhere.CanEnter(_b));
        }
    }

    [Fact]
    public void Transfers_in_both_directions_on_many_threads_end()
    {
        var objects = Enumerable.Range(0, 4).Select(_ => new object()).ToArray();
        var locks = objects.Select(_ => new Lock()).ToArray();
        var ordered = objects.Select(_ => new OrderedLock(1)).ToArray();
        var balances = new long[3, objects.Length];
        var clock = Stopwatch.StartNew();
        var threads = Enumerable.Range(0, 8).Select(seed => new Thread(() =>
        {
            var random = new Random(seed);
            for (var i = 0; i < 4_000; i++)
            {
                var (from, to) = (random.Next(objects.Length), random.Next(objects.Length));
                using (LockSet.Enter(objects[from], objects[to]))
                    (balances[0, from], balances[0, to]) = Moved(balances[0, from], balances[0, to], from == to);
                using (LockSet.Enter(locks[from], locks[to]))
                    (balances[1, from], balances[1, to]) = Moved(balances[1, from], balances[1, to], from == to);
                using (LockSet.Enter(ordered[from], ordered[to]))
                    (balances[2, from], balances[2, to]) = Moved(balances[2, from], balances[2, to], from == to);
            }
        }) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        Assert.All(threads, thread => Assert.True(thread.Join(TimeSpan.FromSeconds(60) - clock.Elapsed)));
        Assert.Equal(0, balances.Cast<long>().Sum());
    }

    private static (long From, long To) Moved(long from, long to, bool isSame) => isSame ? (from, to) : (from - 1, to + 1);
}
