using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>A variable that a function has in common with other code is changed while that may change it too.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Starter">What starts the function.</param>
/// <param name="Other">Where the other code changes it; null for another run of the same function.</param>
internal sealed record SharedChange(string Name, ISymbol Starter, TextSpan? Other, TextSpan Span) : Event(Span), IAsked
{
    /// <summary>Each run writes it for itself and reads it again: it should have been a variable of its own.</summary>
    public bool IsScratch { get; init; }
}

/// <summary>A collection that is not safe for several threads is changed by a function while other code uses it too.</summary>
/// <param name="Name">The collection as it is written.</param>
/// <param name="Member">What changes it.</param>
/// <param name="Other">Where the other code uses it; null for another run of the same function.</param>
internal sealed record SharedMutation(string Name, ISymbol Member, ISymbol Starter, TextSpan? Other, TextSpan Span) : Event(Span), IAsked;

/// <summary>A run of a parallel loop touches an element that the run before or after it writes.</summary>
/// <param name="Name">The element as it is written.</param>
/// <param name="Written">The element that each run writes.</param>
internal sealed record NeighbourUse(string Name, string Written, ISymbol Starter, TextSpan Span) : Event(Span), IAsked;

/// <summary>Work that a loop starts reads the loop's variable, which has another value by then.</summary>
internal sealed record LoopVariableUse(ISymbol Variable, ISymbol Starter, TextSpan Span) : Event(Span);

/// <summary>An operation on an object that allows one at a time begins while another one is under way.</summary>
/// <param name="Name">The object as it is written.</param>
/// <param name="Member">The operation.</param>
/// <param name="Other">The other operation; null for that of another run.</param>
/// <param name="Starter">What starts the other run, if that is what it is.</param>
/// <param name="Beside">Where the other operation is.</param>
internal sealed record OverlappingUse(string Name, IMethodSymbol Member, IMethodSymbol? Other, ISymbol? Starter, TextSpan Beside, TextSpan Span) : Event(Span), IAsked;

/// <summary>Work that goes on when the code that started it has disposed of an object uses the object.</summary>
/// <param name="Start">Where it is started.</param>
internal sealed record UseAfterScope(ISymbol Variable, ISymbol Starter, TextSpan Start, TextSpan Span) : Event(Span);

/// <summary>Work that nobody waits for uses what belongs to a request.</summary>
/// <param name="Name">As it is written.</param>
internal sealed record UseAfterRequest(string Name, ITypeSymbol Type, ISymbol Starter, TextSpan Span) : Event(Span);
