using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Something that matters for concurrency happens at a point of a body. Holds symbols and spans, never syntax.</summary>
internal abstract record Event(TextSpan Span);

/// <summary>A lock is taken, waiting as long as needed. <paramref name="Flag"/> becomes true with it.</summary>
/// <param name="Named">Where the lock is named.</param>
internal sealed record Acquire(Lock Lock, object? Flag, TextSpan Named, TextSpan Span) : Event(Span);

/// <summary>A lock is taken only if <paramref name="Result"/> turns out true.</summary>
internal sealed record TryAcquire(Lock Lock, object Result, TextSpan Span) : Event(Span);

/// <summary>A lock is given back.</summary>
internal sealed record Release(Place Lock, Mode Mode, TextSpan Span) : Event(Span);

/// <summary>From here on the lock is known to be held, for a reason outside this body.</summary>
internal sealed record Assume(Lock Lock, TextSpan Span) : Event(Span);

/// <summary>From here on the lock is known not to be held by this thread.</summary>
internal sealed record Refute(Lock Lock, TextSpan Span) : Event(Span);

/// <summary>The lock's object is handed to other code, which may release it.</summary>
internal sealed record Expose(Place Lock, TextSpan Span) : Event(Span);

/// <summary>A lock that admits a given number is created and stored.</summary>
internal sealed record Create(Place Lock, bool AdmitsOne, TextSpan Span) : Event(Span);

/// <summary>A flag variable gets the value of another value or a constant.</summary>
internal sealed record SetFlag(object Flag, object? From, bool? Constant, TextSpan Span) : Event(Span);

/// <summary>Control only gets past here if the flag has this value.</summary>
internal sealed record Know(object Flag, bool Value, TextSpan Span) : Event(Span);

/// <summary>A member somebody wrote a guard on is read or written.</summary>
internal sealed record Touch(ISymbol Member, Place? On, bool IsFresh, bool Write, TextSpan Span) : Event(Span);

/// <summary>A body of the same compilation runs here, on this thread.</summary>
/// <param name="Awaited">Asynchronous work is over before the next event.</param>
internal sealed record Call(IMethodSymbol Target, Place? On, ImmutableArray<Place?> Arguments, bool Awaited, TextSpan Span) : Event(Span);

/// <summary>A method, lambda or local function becomes a value: it may run anywhere, any time.</summary>
/// <param name="Deferred">Kept by something that runs it later in the course of the same work; when is not known.</param>
internal sealed record Escape(IMethodSymbol Target, bool Deferred, TextSpan Span) : Event(Span);

/// <summary>Code nobody knows runs: a delegate, an event, an overridable or interface member.</summary>
/// <param name="Throws">An exception may leave the point; what cleans up is trusted not to throw.</param>
internal sealed record Unknown(bool Throws, TextSpan Span) : Event(Span);

/// <summary>An exception may leave the point.</summary>
internal sealed record Risk(TextSpan Span) : Event(Span);

/// <summary>The thread stops until something else happens.</summary>
/// <param name="Task">The task it waits for, if there is one with a place.</param>
/// <param name="IsComplete">What it waits for is over by construction.</param>
/// <param name="IsDelay">What it waits for is nothing but time.</param>
internal sealed record Block(Fact Fact, ISymbol Member, ImmutableArray<Place> Tasks, bool IsComplete, bool IsDelay, TextSpan Span) : Event(Span);

/// <summary>The body may be suspended and go on elsewhere.</summary>
internal sealed record Await(TextSpan Span) : Event(Span);

/// <summary>The task at a place is complete from here on.</summary>
internal sealed record Complete(Place Task, TextSpan Span) : Event(Span);

/// <summary>A place gets another value; what was known of it is void.</summary>
internal sealed record Assign(Place Place, TextSpan Span) : Event(Span);

/// <summary>From here on the caller has asked for synchronous execution (the branch of a dual-mode method).</summary>
internal sealed record SynchronousMode(TextSpan Span) : Event(Span);

/// <summary>The iterator hands control to its consumer.</summary>
internal sealed record Yield(TextSpan Span) : Event(Span);
