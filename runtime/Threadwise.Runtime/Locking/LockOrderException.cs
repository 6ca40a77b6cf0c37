namespace Threadwise;

/// <summary>A thread asked for an <see cref="OrderedLock"/> that comes before one it held: by their ranks, or by what was seen of other threads. Nothing was locked; had it waited, it could have waited for ever.</summary>
/// <remarks>It is a mistake in the program, not a state to recover from: another thread that takes the two locks in the other order is all that is missing for a deadlock.</remarks>
public sealed class LockOrderException : InvalidOperationException
{
    internal LockOrderException(OrderedLock held, OrderedLock wanted, LockOrderViolation? violation = null)
        : base(Reason(held, wanted, violation))
    {
        Held = held;
        Wanted = wanted;
        Violation = violation;
    }

    /// <summary>The lock that the thread held; with the highest rank, where ranks decide.</summary>
    public OrderedLock Held { get; }

    /// <summary>The lock that it asked for.</summary>
    public OrderedLock Wanted { get; }

    /// <summary>The orders that contradict each other and where they were seen, while <see cref="LockOrder"/> watches.</summary>
    public LockOrderViolation? Violation { get; }

    private static string Reason(OrderedLock held, OrderedLock wanted, LockOrderViolation? violation) =>
        ReferenceEquals(held, wanted) ? $"The lock {wanted} is held by this thread already, and cannot be taken again."
        : wanted.Ranks(held) ? $"The lock {wanted} cannot be taken while this thread holds {held}: locks are taken in the order of their ranks, the lowest first."
        : $"The lock {wanted} cannot be taken while this thread holds {held}: the opposite order was seen. {violation}";
}
