using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>How two steps on a concurrent collection belong together, so that a third in between spoils them.</summary>
internal enum Pair : byte
{
    /// <summary>What was not there is put in: what somebody else put in meanwhile is lost, or the two fail.</summary>
    Insert,

    /// <summary>What was read is put back changed: the change somebody else made meanwhile is lost.</summary>
    Renew,

    /// <summary>What was there is fetched: it may be gone.</summary>
    Fetch,

    /// <summary>What was looked at is removed: it may be another by then.</summary>
    Withdraw,

    /// <summary>What was listed is cleared: what came meanwhile was never listed.</summary>
    Drain,
}

/// <summary>One step on a concurrent collection depends on another before it.</summary>
/// <param name="On">The collection.</param>
/// <param name="First">What asked.</param>
/// <param name="Then">What acts on the answer.</param>
internal sealed record StepPair(Pair Pair, Place On, ISymbol First, TextSpan FirstSpan, ISymbol Then, TextSpan Span) : Event(Span), IAsked;

/// <summary>Elements of a concurrent collection come or go.</summary>
internal sealed record Turnover(Place On, bool Comes, TextSpan Span) : Event(Span);

/// <summary>How a variable gets another value.</summary>
internal enum Rewrite : byte
{
    /// <summary>Whatever it was before.</summary>
    Blind,

    /// <summary>Because it was found to be something else.</summary>
    Tested,

    /// <summary>One computed from what it was.</summary>
    Computed,
}

/// <summary>A field or property is written, as any variable is.</summary>
/// <param name="Text">The operator that does it, or the member that computes the new value.</param>
internal sealed record Written(ISymbol Member, Place On, Rewrite How, string Text, TextSpan Span) : Event(Span), IAsked
{
    /// <summary>The new value is what a call returns.</summary>
    public bool ByCall { get; init; }

    /// <summary>An operator makes the new value of the old one.</summary>
    public bool IsOperator { get; init; } = true;
}

/// <summary>A number of two words is read as any variable is, which a 32-bit process does in two steps.</summary>
internal sealed record WideRead(ISymbol Member, Place On, TextSpan Span) : Event(Span), IAsked;

/// <summary>A field is changed by a call that does it in one step.</summary>
internal sealed record ChangedAtOnce(ISymbol Member, ISymbol By, TextSpan Span) : Event(Span)
{
    /// <summary>It goes up or down by one: until the upper half of two words changes that takes four thousand million calls.</summary>
    public bool IsByOne { get; init; }
}

/// <summary>A variable was changed in one step, and the answer to what it became is sought by reading it again.</summary>
internal sealed record ReadAgain(ISymbol Member, Place On, ISymbol By, TextSpan Changed, Reread How, TextSpan Span) : Event(Span), IAsked;

/// <summary>What another reading of a variable has to do with its change in one step.</summary>
internal enum Reread : byte
{
    /// <summary>It is to tell what the variable became.</summary>
    Result,

    /// <summary>The new value is computed from it.</summary>
    Swap,

    /// <summary>It tells whose turn it is, before the turn is counted.</summary>
    Before,

    /// <summary>What is expected is read once, before the first of many attempts.</summary>
    Stale,
}

/// <summary>A concurrent collection is copied by its count.</summary>
/// <param name="Source">Where the collection is named.</param>
internal sealed record CountedCopy(Place On, ISymbol By, TextSpan Source, TextSpan Span) : Event(Span), IAsked;

/// <summary>A concurrent collection, or a lazy value, is handed a function for its value which it may run for several callers, though it keeps one result.</summary>
/// <param name="On">The collection; null for a lazy value, which everybody has who has its object.</param>
/// <param name="Does">What the function does that every run does again; null if only what it calls may tell.</param>
internal sealed record Supplied(Place? On, string By, string Name, IMethodSymbol Function, string? Does, TextSpan Span) : Event(Span), IAsked;

/// <summary>A function returns something that somebody has to end the use of, or that runs.</summary>
internal sealed record Made(string How, TextSpan Span) : Event(Span);

/// <summary>Whether a step on a concurrent collection was the one that succeeded is not asked, though it matters.</summary>
internal sealed record Unanswered(Place On, ISymbol By, string Matters, TextSpan Other, TextSpan Span) : Event(Span), IAsked;
