namespace Threadwise;

/// <summary>Takes several locks together, in an order that does not depend on the caller: <c>Transfer(a, b)</c> and <c>Transfer(b, a)</c> lock the same one first.</summary>
/// <remarks>
/// <code>
/// using (LockSet.Enter(from._gate, to._gate))
/// {
///     from._balance -= amount;
///     to._balance += amount;
/// }
/// </code>
/// <para><b>What it promises.</b> Threads that take their locks by sets, and hold none when they ask for one, cannot deadlock over them. A set is taken as a whole: when
/// one of its locks cannot be had (an interruption, a null), those taken before are given back. An object given twice is locked once. Disposing gives the locks
/// back, the last taken first.</para>
/// <para><b>What it does not.</b> Plain objects and <c>Lock</c>s have no rank: that a thread which holds some asks for others goes unnoticed, as with <c>lock</c>. Ranks
/// are checked of <see cref="OrderedLock"/>s.</para>
/// <para><b>Order.</b> <see cref="OrderedLock"/>s by rank, then by age. Other objects by <see cref="System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(object)"/>, which
/// never changes for an object; equal ones by a number that both then get for good.</para>
/// <para><b>Cost.</b> That of the lock statements, and about ten nanoseconds for putting two objects in order. Nothing is allocated, except once for each of two objects with
/// equal hash codes, and the array where more than two <see cref="OrderedLock"/>s are given.</para>
/// <para><b>Thread safety.</b> All members can be used by any thread.</para>
/// </remarks>
public static class LockSet
{
    /// <summary>Takes two locks or more, whatever their ranks, and waits for them as long as needed. Of one rank there may be several.</summary>
    /// <returns>Disposing of it gives all of them back.</returns>
    /// <exception cref="LockOrderException">This thread holds a lock of the same or a higher rank than the lowest of these. Thrown before it waits.</exception>
    /// <exception cref="ArgumentNullException">One of them is null; none is taken.</exception>
    /// <exception cref="ThreadInterruptedException">The thread was interrupted while it waited; none is taken.</exception>
    public static OrderedLock.Scope Enter(OrderedLock first, OrderedLock second, params OrderedLock[] more) =>
        OrderedLock.EnterAll(Known(first, nameof(first)), Known(second, nameof(second)), AllKnown(more));

    /// <summary>Takes the locks of two objects as <c>lock</c> would, and waits for them as long as needed; <c>Monitor.Wait</c> and <c>Pulse</c> work inside as ever.</summary>
    /// <returns>Disposing of it gives both back.</returns>
    /// <exception cref="ArgumentException">One of them is a lock of its own kind, which has to be given as what it is: as a mere object it excludes nobody who takes it by its members.</exception>
    /// <exception cref="ArgumentNullException">One of them is null; none is taken.</exception>
    /// <exception cref="ThreadInterruptedException">The thread was interrupted while it waited; none is taken.</exception>
    public static Scope Enter(object first, object second)
    {
        var (outer, inner) = LockPair.InOrder(default(Monitors), Plain(first, nameof(first)), Plain(second, nameof(second)));
        LockPair.Enter(default(Monitors), outer, inner);
        return new Scope(outer, inner, areLocks: false);
    }

#if NET9_0_OR_GREATER
    /// <summary>Takes two locks, and waits for them as long as needed.</summary>
    /// <returns>Disposing of it gives both back.</returns>
    /// <exception cref="ArgumentNullException">One of them is null; none is taken.</exception>
    /// <exception cref="ThreadInterruptedException">The thread was interrupted while it waited; none is taken.</exception>
    public static Scope Enter(Lock first, Lock second)
    {
#pragma warning disable CS9216 // They are only carried as objects, and locked as what they are.
        var (outer, inner) = LockPair.InOrder(default(Locks), Known<object>(first, nameof(first)), Known<object>(second, nameof(second)));
#pragma warning restore CS9216
        LockPair.Enter(default(Locks), outer, inner);
        return new Scope(outer, inner, areLocks: true);
    }
#endif

    private static object Plain(object gate, string parameter)
    {
        if (gate is null or OrderedLock || IsLock(gate))
            Refuse(gate, parameter);
        return gate!;
    }

    private static void Refuse(object? gate, string parameter) => throw (gate is null ? new ArgumentNullException(parameter)
        : new ArgumentException($"A {gate.GetType().Name} can only be locked together with others of its kind, and not as an object.", parameter));

    private static bool IsLock(object gate) =>
#if NET9_0_OR_GREATER
        gate is Lock;
#else
        false;
#endif

    private static OrderedLock[] AllKnown(OrderedLock[] locks)
    {
        foreach (var each in Known(locks, "more"))
            Known(each, "more");
        return locks;
    }

    private static T Known<T>(T value, string parameter) where T : class => value ?? throw new ArgumentNullException(parameter);

    /// <summary>Two objects, or one, that this thread has locked until it is disposed of.</summary>
    /// <remarks>It lives on the stack: it cannot be stored, captured or held across an <c>await</c>. Disposing of it again does nothing; a copy of it knows nothing of the
    /// other, so dispose of one of the two.</remarks>
    public ref struct Scope
    {
        private readonly object? _inner;
        private readonly bool _areLocks;
        private object? _outer;

        internal Scope(object outer, object? inner, bool areLocks)
        {
            _outer = outer;
            _inner = inner;
            _areLocks = areLocks;
        }

        /// <summary>Gives the locks back, the last taken first.</summary>
        /// <exception cref="SynchronizationLockException">The code inside has given back one of them itself; the other is given back all the same.</exception>
        public void Dispose()
        {
            var outer = _outer;
            _outer = null;
            if (outer is null)
                return;
#if NET9_0_OR_GREATER
            if (_areLocks)
                LockPair.Exit(default(Locks), outer, _inner);
            else
#endif
                LockPair.Exit(default(Monitors), outer, _inner);
        }
    }
}
