using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>A lock statement with nothing in it.</summary>
internal sealed record EmptySection(Place Lock, TextSpan Span) : Event(Span);

/// <summary>A lock that is a value is copied: from then on there are two.</summary>
internal sealed record LockCopy(string Name, TextSpan Span) : Event(Span);

/// <summary>A type initializer waits for work on another thread that needs the type to be initialized.</summary>
internal sealed record InitializerWait(string Needed, TextSpan Span) : Event(Span);

/// <summary>A lock is taken and given back by calls exactly as a lock statement would.</summary>
internal sealed record ManualSection(Place Lock, TextSpan Span) : Event(Span);
