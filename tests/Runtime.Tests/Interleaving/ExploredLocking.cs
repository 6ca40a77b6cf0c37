namespace Threadwise.Runtime.Tests.Interleaving;

/// <summary>An object to be locked whose hash code a test chooses.</summary>
internal sealed class HashedGate(int hash, long? number = null)
{
    public int Hash => hash;

    public long Number { get; } = number ?? GateNumber.Of(new object());
}

/// <summary>Monitors, as the library takes them, with a point before each.</summary>
internal readonly struct ExploredLocking : ILocking
{
    public void Enter(object gate)
    {
        Schedule.Await(Monitor.IsEntered(gate) ? static () => true : () => IsFree(gate));
        Monitor.Enter(gate);
    }

    public void Exit(object gate) => Monitor.Exit(gate);

    public int Hash(object gate) => ((HashedGate)gate).Hash;

    public long Number(object gate) => ((HashedGate)gate).Number;

    private static bool IsFree(object gate)
    {
        // Whoever asks may be the one who holds it.
        if (Monitor.IsEntered(gate) || !Monitor.TryEnter(gate))
            return false;
        Monitor.Exit(gate);
        return true;
    }
}

/// <summary>Two objects that are locked as the library does it, until this is disposed of.</summary>
internal readonly struct Pair<TLocking> : IDisposable where TLocking : struct, ILocking
{
    public Pair(TLocking locking, object first, object second)
    {
        (Outer, Inner) = LockPair.InOrder(locking, first, second);
        LockPair.Enter(locking, Outer, Inner);
    }

    public object Outer { get; }

    public object? Inner { get; }

    public void Dispose() => LockPair.Exit(default(TLocking), Outer, Inner);
}

/// <summary>The mutant without a sort: whichever object is asked about first gets the lower hash code.</summary>
internal readonly struct Unsorted : ILocking
{
    [ThreadStatic]
    private static int t_asked;

    public void Enter(object gate) => default(ExploredLocking).Enter(gate);

    public void Exit(object gate) => default(ExploredLocking).Exit(gate);

    public int Hash(object gate) => t_asked++;

    public long Number(object gate) => default(ExploredLocking).Number(gate);
}
