using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>The lock is given back until somebody pulses it, and held again afterwards.</summary>
/// <param name="IsEndless">There is no time limit.</param>
internal sealed record Wait(Place Lock, bool IsEndless, TextSpan Span) : Event(Span);

/// <summary>One of those who wait for a pulse of the lock goes on, or all of them.</summary>
internal sealed record Pulse(Place Lock, bool All, TextSpan Span) : Event(Span);

/// <summary>State that others may wait for changes. Only in types that wait under a lock.</summary>
internal sealed record Update(Place Place, State To, TextSpan Span) : Event(Span);

/// <summary>From here on state that others may change is known, until they do. Only in types that wait under a lock.</summary>
internal sealed record Test(Place Place, State Is, TextSpan Span) : Event(Span);

/// <summary>Those who wait for this object go on.</summary>
internal sealed record Wake(Place Signal, TextSpan Span) : Event(Span), IAsked;

/// <summary>Code goes on here when this object, or something of it, says so.</summary>
internal sealed record Woken(Place Signal, TextSpan Span) : Event(Span);

/// <summary>An object is disposed of; what its users wait for then never comes.</summary>
internal sealed record Dispose(Place Place, TextSpan Span) : Event(Span), IAsked;
