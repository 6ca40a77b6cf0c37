namespace Threadwise;

/// <summary>What is done about locks that are taken in orders that can deadlock.</summary>
public enum LockOrderMode
{
    /// <summary>Orders are not looked at. The ranks of locks are checked all the same.</summary>
    Off,

    /// <summary>Each violation is told once, and the lock is taken.</summary>
    Observe,

    /// <summary>Each violation is told once, and whoever commits it gets a <see cref="LockOrderException"/> before it waits.</summary>
    Throw,
}

/// <summary>One lock was asked for by a thread that held another.</summary>
/// <remarks>Locks with the same name and rank are of one kind and count as one, as do all without a name of one rank. One with neither name nor rank counts as itself.</remarks>
public sealed class LockOrderEdge
{
    internal LockOrderEdge(LockKind held, LockKind wanted, string stack)
    {
        From = held;
        To = wanted;
        Stack = stack;
    }

    /// <summary>The lock that was held.</summary>
    public string Held => From.Name;

    /// <summary>The lock that was asked for.</summary>
    public string Wanted => To.Name;

    /// <summary>Where it was asked for, when that was seen first.</summary>
    public string Stack { get; }

    /// <summary>Whether this closed a ring of locks, or asked for a rank that is too low.</summary>
    public bool IsViolation { get; internal set; }

    internal LockKind From { get; }

    internal LockKind To { get; }

    internal LockOrderViolation? Violation { get; set; }

    /// <summary>One line: what was asked for, and what was held.</summary>
    public override string ToString() => $"{Wanted} while holding {Held}";
}

/// <summary>A ring of locks, each of which was asked for while the one before it was held: threads that do so at the same time wait for one another for ever.</summary>
public sealed class LockOrderViolation
{
    internal LockOrderViolation(IReadOnlyList<LockOrderEdge> cycle) => Cycle = cycle;

    /// <summary>The smallest such ring: first what was done now, then what closes the ring, in order, each with the stack of where it was seen first.</summary>
    public IReadOnlyList<LockOrderEdge> Cycle { get; }

    /// <summary>The ring, with the stacks.</summary>
    public override string ToString() =>
        "Locks are taken in a ring: " + string.Join(", ", Cycle) + ".\n" + string.Join("\n", Cycle.Select(static edge => $"{edge}:\n{edge.Stack}"));
}

/// <summary>Locks that count as one in the order, and what was asked for while one of them was held.</summary>
internal sealed class LockKind(string name)
{
    public string Name => name;

    public System.Collections.Concurrent.ConcurrentDictionary<LockKind, LockOrderEdge> Wanted { get; } = new();
}
