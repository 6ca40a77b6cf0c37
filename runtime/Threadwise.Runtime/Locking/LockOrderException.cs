namespace Threadwise;

/// <summary>A thread asked for an <see cref="OrderedLock"/> while it held one of the same or a higher rank. Nothing was locked; had it waited, it could have waited for ever.</summary>
/// <remarks>It is a mistake in the program, not a state to recover from: another thread that takes the two locks in the other order is all that is missing for a deadlock.</remarks>
public sealed class LockOrderException : InvalidOperationException
{
    internal LockOrderException(OrderedLock held, OrderedLock wanted)
        : base(ReferenceEquals(held, wanted)
            ? $"The lock {wanted} is held by this thread already, and cannot be taken again."
            : $"The lock {wanted} cannot be taken while this thread holds {held}: locks are taken in the order of their ranks, the lowest first.")
    {
        Held = held;
        Wanted = wanted;
    }

    /// <summary>The lock with the highest rank that the thread held.</summary>
    public OrderedLock Held { get; }

    /// <summary>The lock that it asked for.</summary>
    public OrderedLock Wanted { get; }
}
