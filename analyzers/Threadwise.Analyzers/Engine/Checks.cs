using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>State is tested before a lock statement and acted on inside, where nobody tests it again.</summary>
/// <param name="Named">Where the lock is named.</param>
/// <param name="Acted">Where the state is acted on.</param>
/// <param name="Span">Where the state is tested.</param>
internal sealed record Unrepeated(Place State, Place Lock, TextSpan Named, TextSpan Acted, TextSpan Span) : Event(Span);

/// <summary>How a test before a lock statement and what is done inside do not fit together.</summary>
internal enum Misfit : byte
{
    /// <summary>The flag is set, or the object stored, before all is done that it stands for.</summary>
    Early,

    /// <summary>What is tested takes more than one step to write.</summary>
    Wide,

    /// <summary>What is tested before the lock is not what is tested and written inside.</summary>
    Different,
}

/// <summary>A test before a lock statement that is repeated inside, and can pass, or never passes, for those who do not take the lock.</summary>
/// <param name="Later">What is still to be done where the state is written too early; what is written instead where it is another one.</param>
/// <param name="Named">Where the lock is named.</param>
internal sealed record BrokenCheck(Misfit How, Place State, string Later, TextSpan Named, TextSpan Span) : Event(Span)
{
    /// <summary>Where the rest is done.</summary>
    public TextSpan Then { get; init; }
}
