using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>A lock statement with nothing in it.</summary>
internal sealed record EmptySection(Place Lock, TextSpan Span) : Event(Span);

/// <summary>A lock is taken and given back by calls exactly as a lock statement would.</summary>
internal sealed record ManualSection(Place Lock, TextSpan Span) : Event(Span);
