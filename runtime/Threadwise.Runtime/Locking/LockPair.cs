namespace Threadwise;

/// <summary>Two objects, locked in one order whoever asks: that of their hash codes and, where these are equal, of numbers given to the objects for good.</summary>
/// <remarks>
/// Hash codes are the technique of Goetz et al., <i>Java Concurrency in Practice</i>, 10.1.2. For equal ones the book takes a third, global lock first; that lock belongs
/// to no order, so two threads can deadlock over it as soon as one asks for a pair while it holds another. Numbers make the order total, and need no third lock.
/// </remarks>
internal static class LockPair
{
    /// <summary>The one to be locked first and the other; no other where one object is given twice.</summary>
    public static (object Outer, object? Inner) InOrder<TLocking>(TLocking locking, object first, object second) where TLocking : struct, ILocking =>
        ReferenceEquals(first, second) ? (first, null) : Precedes(locking, first, second) ? (first, second) : (second, first);

    /// <summary>Locks both, or neither if it throws.</summary>
    public static void Enter<TLocking>(TLocking locking, object outer, object? inner) where TLocking : struct, ILocking
    {
        locking.Enter(outer);
        if (inner is null)
            return;
        try
        {
            locking.Enter(inner);
        }
        catch
        {
            locking.Exit(outer);
            throw;
        }
    }

    public static void Exit<TLocking>(TLocking locking, object outer, object? inner) where TLocking : struct, ILocking
    {
        try
        {
            if (inner is not null)
                locking.Exit(inner);
        }
        finally
        {
            locking.Exit(outer);
        }
    }

    private static bool Precedes<TLocking>(TLocking locking, object first, object second) where TLocking : struct, ILocking
    {
        var (one, other) = (locking.Hash(first), locking.Hash(second));
        return one != other ? one < other : locking.Number(first) < locking.Number(second);
    }
}
