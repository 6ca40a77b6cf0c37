using System.Runtime.CompilerServices;

namespace Threadwise;

/// <summary>A lock with a rank. A thread takes such locks from the lowest rank to the highest; where it does not, it gets an exception at once, not a deadlock some day.</summary>
/// <remarks>
/// <code>
/// private readonly OrderedLock _accounts = new(rank: 1, "accounts");
/// private readonly OrderedLock _audit = new(rank: 2, "audit");
///
/// using (_accounts.Enter())
/// using (_audit.Enter())     // the other way round throws, on the first run of one thread
/// </code>
/// <para><b>Why it cannot deadlock.</b> Whoever waits wants a rank above all that it holds, so no ring of threads can wait for one another: the ordering of resources of
/// J. W. Havender, <i>Avoiding deadlock in multitasking systems</i>, IBM Systems Journal 7(2), 1968, also called lock levelling. Of several locks of one rank a thread can
/// hold more than one only when it asks for them together, by <see cref="LockSet"/>. Nothing is promised about locks of other kinds.</para>
/// <para><b>Without a rank</b>, made by its name alone, it can be taken in any order; <see cref="LockOrder"/>, when it watches, finds orders that contradict each other. That
/// is a way to begin: watch first, and give ranks by what was seen.</para>
/// <para><b>Thread safety.</b> All members can be used by any thread. The lock belongs to the thread that took it, cannot be taken twice, and cannot be held across an <c>await</c>.</para>
/// <para><b>Cost.</b> That of a <c>lock</c> statement and a few nanoseconds. Nothing is allocated after construction.</para>
/// </remarks>
/// <param name="rank">The lock's place in the order; locks of one kind, as those of all accounts, have the same. <see cref="int.MinValue"/> is none.</param>
/// <param name="name">What messages call the lock.</param>
public sealed class OrderedLock(int rank, string? name = null)
{
    private const int NoRank = int.MinValue;

    private static long s_created;

    [ThreadStatic]
    private static Holder? t_me;

    private readonly Latch _latch = new();
    private readonly long _number = Interlocked.Increment(ref s_created);

    // Written by the holder alone. How often the lock was given back, the lock taken before it, and the rest of the set that it was taken with.
    private int _version;
    private OrderedLock? _before;
    private OrderedLock? _rest;

    private LockKind? _kind;

    /// <summary>A lock without a rank, whose order is watched and not given.</summary>
    /// <param name="name">What messages call the lock; locks of one name count as one.</param>
    /// <exception cref="ArgumentNullException">There is no name.</exception>
    public OrderedLock(string name)
        : this(NoRank, name ?? throw new ArgumentNullException(nameof(name)))
    {
    }

    /// <summary>The lock's place in the order; <see cref="int.MinValue"/> if it has none.</summary>
    public int Rank => rank;

    /// <summary>What messages call the lock, if it has a name.</summary>
    public string? Name => name;

    /// <summary>Whether the calling thread holds the lock. For assertions.</summary>
    public bool IsHeldByCurrentThread => IsHeldBy(Me);

    /// <summary>Takes the lock and waits for it as long as needed. Disposing of the result gives it back.</summary>
    /// <exception cref="LockOrderException">This thread holds a lock of the same or a higher rank, perhaps this one. Thrown before it waits, whether or not the lock is free.</exception>
    /// <exception cref="ThreadInterruptedException">The thread was interrupted while it waited; the lock is not taken.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Scope Enter()
    {
        var me = Me;
        if (me.Last is not null)
            CheckNested(me);
        _latch.Enter();
        Note(me);
        return new Scope(this, me);
    }

    /// <summary>Takes the lock if it is free, and never waits; so it may be asked for in any order.</summary>
    /// <param name="scope">Disposing of it gives the lock back; without the lock it does nothing.</param>
    /// <returns>False when the lock is held, by another thread or by this one.</returns>
    public bool TryEnter(out Scope scope)
    {
        var me = Me;
        var taken = _latch.TryEnter();
        if (taken)
            Note(me);
        scope = taken ? new Scope(this, me) : default;
        return taken;
    }

    /// <summary>The name, if it has one, and the rank.</summary>
    public override string ToString() => (name, rank) switch
    {
        (null, NoRank) => $"number {_number}",
        (_, NoRank) => $"'{name}'",
        (null, _) => $"of rank {rank}",
        _ => $"'{name}' of rank {rank}",
    };

    /// <summary>Whether ranks forbid to take this one while the other is held.</summary>
    internal bool Ranks(OrderedLock held) => rank != NoRank && held.Rank >= rank;

    /// <summary>Locks all of them by rank and age, each once, or none if it throws. Reads the array, never keeps or changes it.</summary>
    internal static Scope EnterAll(OrderedLock first, OrderedLock second, OrderedLock[] more)
    {
        var me = Me;
        OrderedLock? last = null;
        if (me.Last is not null && LockOrder.Mode != LockOrderMode.Off)
            CheckAll(me, first, second, more);
        try
        {
            while (Next(last, first, second, more) is { } next)
            {
                if (last is null && me.Last is not null)
                    next.CheckNested(me);
                else if (next.Rank == NoRank && next.IsHeldBy(me))
                    throw new LockOrderException(next, next);
                next._latch.Enter();
                next.Note(me);
                next._rest = last;
                last = next;
            }
        }
        catch
        {
            last?.ExitAll(me);
            throw;
        }

        return new Scope(last!, me);
    }

    /// <summary>Of those that come after the last one taken, the first.</summary>
    private static OrderedLock? Next(OrderedLock? last, OrderedLock first, OrderedLock second, OrderedLock[] more)
    {
        var next = Earlier(last, Earlier(last, null, first), second);
        foreach (var other in more)
            next = Earlier(last, next, other);
        return next;
    }

    private static OrderedLock? Earlier(OrderedLock? last, OrderedLock? best, OrderedLock candidate) =>
        (last is null || last.Precedes(candidate)) && (best is null || candidate.Precedes(best)) ? candidate : best;

    private LockKind Kind => _kind ??= LockOrder.KindOf(ToString());

    private bool Precedes(OrderedLock other) => rank != other.Rank ? rank < other.Rank : _number < other._number;

    private bool IsHeldBy(Holder holder)
    {
        var held = holder.Last;
        while (held is not null && held != this)
            held = held._before;
        return held is not null;
    }

    private void CheckNested(Holder me)
    {
        var isWatched = LockOrder.Mode != LockOrderMode.Off;
        if ((isWatched || rank == NoRank) && IsHeldBy(me))
            throw new LockOrderException(this, this);
        var highest = me.Last!;
        for (var held = highest._before; held is not null; held = held._before)
            if (held.Rank > highest.Rank)
                highest = held;
        var violation = isWatched ? Watched(me, highest) : null;
        if (Ranks(highest))
            throw new LockOrderException(IsHeldBy(me) ? this : highest, this, violation);
    }

    /// <summary>Tells of the order with each lock that this thread holds. What was seen against the highest, if anything.</summary>
    private LockOrderViolation? Watched(Holder me, OrderedLock highest)
    {
        LockOrderViolation? found = null;
        for (var held = me.Last; held is not null; held = held._before)
        {
            var violation = LockOrder.Note(held.Kind, Kind, Ranks(held));
            if (held == highest)
                found = violation;
            if (violation is not null && !Ranks(highest) && LockOrder.Mode == LockOrderMode.Throw)
                throw new LockOrderException(held, this, violation);
        }

        return found;
    }

    private static void CheckAll(Holder me, OrderedLock first, OrderedLock second, OrderedLock[] more)
    {
        first.CheckNested(me);
        second.CheckNested(me);
        foreach (var other in more)
            other.CheckNested(me);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Note(Holder me)
    {
        var before = me.Last;
        if (before is not null)
            _before = before;
        me.Last = this;
    }

    private void ExitAll(Holder me)
    {
        for (OrderedLock? held = this, rest; held is not null; held = rest)
        {
            rest = held._rest;
            held.Exit(me);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Exit(Holder me)
    {
        _version++;
        if (me.Last != this || _before is not null || _rest is not null)
            Leave(me);
        else
            me.Last = null;
        _latch.Exit();
    }

    /// <summary>It was one of several.</summary>
    private void Leave(Holder me)
    {
        _rest = null;
        if (me.Last == this)
            me.Last = _before;
        else
            for (var above = me.Last; above is not null; above = above._before)
                if (above._before == this)
                    above._before = _before;
        _before = null;
    }

    private static Holder Me
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => t_me ?? Make();
    }

    private static Holder Make() => t_me = new Holder();

    /// <summary>A thread, as what it holds: the lock that it took last, from which the others are reached.</summary>
    internal sealed class Holder
    {
        public OrderedLock? Last { get; set; }
    }

    /// <summary>A lock, or a set of them, that this thread holds until it is disposed of.</summary>
    /// <remarks>It lives on the stack: it cannot be stored, captured or held across an <c>await</c>. Disposing of it again, or of a copy of it, does nothing.</remarks>
    public ref struct Scope
    {
        private readonly int _version;
        private readonly Holder? _me;
        private OrderedLock? _last;

        internal Scope(OrderedLock last, Holder me)
        {
            _last = last;
            _version = last._version;
            _me = me;
        }

        /// <summary>Gives the lock back; of a set all, the last taken first.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Dispose()
        {
            var last = _last;
            _last = null;
            // Only this thread can have the version that its acquisition had: whatever another one writes, it is a later number.
            if (last is null || last._version != _version)
                return;
            if (last._rest is null)
                last.Exit(_me!);
            else
                last.ExitAll(_me!);
        }
    }
}
