using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>A member is called that says which lock its callers must hold.</summary>
internal sealed record Demand(IMethodSymbol Target, Place? On, bool IsFresh, TextSpan Span) : Event(Span), IAsked;
