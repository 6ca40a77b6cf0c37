using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>State is tested before a lock statement and acted on inside, where nobody tests it again.</summary>
/// <param name="Named">Where the lock is named.</param>
/// <param name="Acted">Where the state is acted on.</param>
/// <param name="Span">Where the state is tested.</param>
internal sealed record Unrepeated(Place State, Place Lock, TextSpan Named, TextSpan Acted, TextSpan Span) : Event(Span)
{
    /// <summary>What is acted on is not the flag that was tested, but a container that something is put into while the flag is not set.</summary>
    public Place? Filled { get; init; }
}

/// <summary>How a test before a lock statement and what is done inside do not fit together.</summary>
internal enum Misfit : byte
{
    /// <summary>The flag is set, or the object stored, before all is done that it stands for.</summary>
    Early,

    /// <summary>What is tested takes more than one step to write.</summary>
    Wide,

    /// <summary>What is tested before the lock is not what is tested and written inside.</summary>
    Different,

    /// <summary>The mark that one is to do it is set in one step, and others who find it set go on as if it were done.</summary>
    Once,

    /// <summary>The same, where those who called the others go on.</summary>
    OnceForCallers,

    /// <summary>The flag is set last, but nothing keeps others from seeing it before what it stands for.</summary>
    Unordered,
}

/// <summary>A test before a lock statement that is repeated inside, and can pass, or never passes, for those who do not take the lock.</summary>
/// <param name="Later">What is still to be done where the state is written too early; what is written instead where it is another one.</param>
/// <param name="Named">Where the lock is named.</param>
internal sealed record BrokenCheck(Misfit How, Place State, string Later, TextSpan Named, TextSpan Span) : Event(Span)
{
    /// <summary>What the mark stands for.</summary>
    public Place? Made { get; init; }

    /// <summary>Where the rest is done; of what is not ordered, the lock statement.</summary>
    public TextSpan Then { get; init; }
}

/// <summary>A critical section acts on what an earlier one of the same lock found; in between anybody could take the lock.</summary>
/// <param name="Read">Where the state was read.</param>
/// <param name="Named">Where the lock is named that is taken again.</param>
/// <param name="Span">Where the state is acted on.</param>
internal sealed record Split(Place State, Place Lock, TextSpan Read, TextSpan Named, TextSpan Span) : Event(Span);

/// <summary>A container leaves the lock under which it is changed, or a query that goes through it later.</summary>
/// <param name="Lock">Null where none is taken even to hand it out.</param>
internal sealed record Leaving(ISymbol Container, Place? Lock, bool IsQuery, TextSpan Span) : Event(Span);

/// <summary>A container is changed under a lock.</summary>
internal sealed record LockedChange(ISymbol Container, Place Lock, TextSpan Span) : Event(Span);

/// <summary>A loop does nothing but look at a member that others change.</summary>
internal sealed record Spin(ISymbol Flag, TextSpan Span) : Event(Span);

/// <summary>The end of an object's use tests whether it has ended, and then says so, in two steps.</summary>
/// <param name="Test">Where it is tested.</param>
internal sealed record EndedTwice(ISymbol Flag, TextSpan Test, TextSpan Span) : Event(Span);
