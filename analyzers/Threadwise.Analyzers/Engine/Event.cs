using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Something that matters for concurrency happens at a point of a body. Holds symbols and spans, never syntax.</summary>
internal abstract record Event(TextSpan Span);

/// <summary>Events that rules ask about: a type without any is not looked at.</summary>
internal interface IAsked;

/// <summary>A lock is taken, waiting as long as needed. <paramref name="Flag"/> becomes true with it.</summary>
/// <param name="Named">Where the lock is named.</param>
internal sealed record Acquire(Lock Lock, object? Flag, TextSpan Named, TextSpan Span) : Event(Span), IAsked
{
    /// <summary>The wait can be given up; an exception then leaves the point, and the lock is not taken.</summary>
    public bool MayFail { get; init; }

    /// <summary>The task of the wait is looked at elsewhere too: where it is complete, nobody may wait for it and the lock is taken all the same.</summary>
    public bool IsLookedAt { get; init; }
}

/// <summary>A lock is taken only if <paramref name="Result"/> turns out true.</summary>
internal sealed record TryAcquire(Lock Lock, object Result, TextSpan Span) : Event(Span), IAsked
{
    /// <summary>Nobody looks at the result.</summary>
    public bool IsIgnored { get; init; }
}

/// <summary>A lock is given back.</summary>
internal sealed record Release(Place Lock, Mode Mode, TextSpan Span) : Event(Span)
{
    /// <summary>How many are given back is an argument.</summary>
    public bool IsCounted { get; init; }

    /// <summary>By the end of what its acquisition returned, which knows whether it was made.</summary>
    public bool EndsScope { get; init; }
}

/// <summary>From here on the lock is known to be held, for a reason outside this body.</summary>
internal sealed record Assume(Lock Lock, TextSpan Span) : Event(Span);

/// <summary>From here on the lock is known not to be held by this thread.</summary>
internal sealed record Refute(Lock Lock, TextSpan Span) : Event(Span);

/// <summary>The lock's object is handed to other code, which may release it.</summary>
internal sealed record Expose(Place Lock, TextSpan Span) : Event(Span);

/// <summary>A lock that its owner cannot take again is created and stored.</summary>
/// <param name="AdmitsOne">Where it is counted: never more than one holds it.</param>
/// <param name="MayNest">It may have been created so that its owner can take it again.</param>
internal sealed record Create(Place Lock, bool AdmitsOne, bool MayNest, TextSpan Span) : Event(Span)
{
    /// <summary>Admits one at first, and one more after every release too many.</summary>
    public bool IsUncapped { get; init; }
}

/// <summary>A lock that was created elsewhere is stored.</summary>
internal sealed record Adopt(Place Lock, TextSpan Span) : Event(Span);

/// <summary>A flag variable gets the value of another value or a constant.</summary>
internal sealed record SetFlag(object Flag, object? From, bool? Constant, TextSpan Span) : Event(Span);

/// <summary>Control only gets past here if the flag has this value.</summary>
internal sealed record Know(object Flag, bool Value, TextSpan Span) : Event(Span);

/// <summary>A member somebody wrote a guard on is read or written.</summary>
internal sealed record Touch(ISymbol Member, Place? On, bool IsFresh, bool Write, TextSpan Span) : Event(Span), IAsked;

/// <summary>A body of the same compilation runs here, on this thread.</summary>
/// <param name="OnOwned">Nobody else is known to have the receiver: it is new, or something made it for this body.</param>
/// <param name="Awaited">Asynchronous work is over before the next event.</param>
internal sealed record Call(IMethodSymbol Target, Place? On, bool OnOwned, ImmutableArray<Place?> Arguments, bool Awaited, TextSpan Span) : Event(Span)
{
    /// <summary>What it returns is gone through before the next event.</summary>
    public bool Enumerated { get; init; }

    /// <summary>The collection whose elements a lambda is called with.</summary>
    public Place? Elements { get; init; }

    /// <summary>Only after something has failed.</summary>
    public bool OnFailure { get; init; }

    /// <summary>It ends the use of an object in async code, which could await the end instead; <see cref="SyncDispose"/> tells of it.</summary>
    public bool EndsUse { get; init; }

    /// <summary>Once, because what it is handed to keeps the result; see also <see cref="FirstUse"/>.</summary>
    public bool OnFirstUse { get; init; }

    /// <summary>What is passed for its truth values, where that is constant.</summary>
    public ImmutableArray<Choice> Choices { get; init; } = ImmutableArray<Choice>.Empty;
}

/// <summary>A parameter that is true or false.</summary>
internal readonly record struct Choice(int Ordinal, bool Value)
{
    /// <summary>What parameters were found to be on the way to a point.</summary>
    public static ImmutableArray<Choice> Of(LockState before) => ImmutableArray.CreateRange(
        before.Decisions.Where(static decision => decision.Flag is IParameterSymbol { Type.SpecialType: SpecialType.System_Boolean })
            .Select(static decision => new Choice(((IParameterSymbol)decision.Flag).Ordinal, decision.Value)));

    /// <summary>One says the opposite of the other.</summary>
    public static bool Exclude(ImmutableArray<Choice> passed, ImmutableArray<Choice> needed) =>
        !passed.IsDefaultOrEmpty && !needed.IsDefaultOrEmpty && passed.Any(choice => needed.Contains(choice with { Value = !choice.Value }));
}

/// <summary>Objects are put in order: by a comparison of these roots (parameters, or <c>this</c> as its type), or, when there are none, by sorting.</summary>
internal sealed record Rank(ImmutableArray<ISymbol> Roots, TextSpan Span) : Event(Span);

/// <summary>A method, lambda or local function becomes a value: it may run anywhere, any time.</summary>
/// <param name="Deferred">Kept by something that runs it later in the course of the same work; when is not known.</param>
internal sealed record Escape(IMethodSymbol Target, bool Deferred, TextSpan Span) : Event(Span)
{
    /// <summary>Another thread runs it.</summary>
    public bool IsStarted { get; init; }

    /// <summary>A thread of the pool runs it, in its turn.</summary>
    public bool OnPool { get; init; }

    /// <summary>Again and again.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>What runs it on another thread; null for what runs it on the one thread of a user interface.</summary>
    public ISymbol? By { get; init; }

    /// <summary>It does run beside its starter: by a thread of the pool, a timer, an event; and not when something else is over, or on a thread that has the object to itself.</summary>
    public bool RunsBeside { get; init; }

    /// <summary>Who starts it goes on only when it is over.</summary>
    public bool IsJoined { get; init; }

    /// <summary>It is made in a lock statement, and nobody has it before that is over.</summary>
    public bool OutlivesLock { get; init; }

    /// <summary>Nothing runs yet: it is made to be set off later.</summary>
    public bool IsDormant { get; init; }

    /// <summary>Several threads run it at a time.</summary>
    public bool IsSideBySide { get; init; }

    /// <summary>Where the thread that it is made for is told to begin.</summary>
    public TextSpan? Begun { get; init; }
}

/// <summary>Code nobody knows runs: a delegate, an event, an overridable or interface member.</summary>
/// <param name="Throws">An exception may leave the point; what cleans up is trusted not to throw.</param>
internal record Unknown(bool Throws, TextSpan Span) : Event(Span);

/// <summary>A delegate or the handlers of an event run: whatever somebody put into the target.</summary>
internal sealed record Callback(ISymbol Target, bool Throws, TextSpan Span) : Unknown(Throws, Span);

/// <summary>A body of another type runs, or whichever body overrides or implements the target: unknown until all of the compilation is known.</summary>
internal sealed record Outside(Call Call, bool Throws) : Unknown(Throws, Call.Span)
{
    /// <summary>The target itself runs, whatever overrides it: a call of the base.</summary>
    public bool IsExact { get; init; }
}

/// <summary>An exception may leave the point.</summary>
internal sealed record Risk(TextSpan Span) : Event(Span);

/// <summary>The thread stops until something else happens.</summary>
/// <param name="Task">The task it waits for, if there is one with a place.</param>
/// <param name="IsComplete">What it waits for is over by construction.</param>
/// <param name="IsDelay">What it waits for is nothing but time.</param>
internal sealed record Block(Fact Fact, ISymbol Member, ImmutableArray<Place> Tasks, bool IsComplete, bool IsDelay, TextSpan Span) : Event(Span), IAsked
{
    /// <summary>The body whose end it waits for, if that is known.</summary>
    public Work? Work { get; init; }

    /// <summary>What does the same and can be awaited; see <see cref="Twins"/>.</summary>
    public IMethodSymbol? Twin { get; init; }

    /// <summary>As tables name it; where they do not, its own name.</summary>
    public string TwinName => Fact.Twin.Length > 0 ? Fact.Twin : Twin?.Name ?? "";

    /// <summary>Only after something has failed.</summary>
    public bool OnFailure { get; init; }

    /// <summary>The method of this compilation that made the task it waits for.</summary>
    public IMethodSymbol? Asked { get; init; }

    /// <summary>A task it waits for is known to be over.</summary>
    public bool IsOver(LockState before) => IsComplete || Tasks.Any(before.Completed.Contains);
}

/// <summary>Async code ends the use of an object synchronously, though its static type has a <c>DisposeAsync</c> that does more than that.</summary>
internal sealed record SyncDispose(ITypeSymbol Type, IMethodSymbol Instead, TextSpan Span) : Event(Span), IAsked;

/// <summary>Async code runs a body many times at once, and stops its thread until all of it is done.</summary>
/// <param name="Instead">What does the same and can be awaited, if the framework has it.</param>
internal sealed record Fork(IMethodSymbol Member, IMethodSymbol Target, IMethodSymbol? Instead, TextSpan Span) : Event(Span), IAsked;

/// <summary>A body that runs, or goes on, beside the one that started it.</summary>
/// <param name="OnOtherThread">All of it; else only what follows its first suspension.</param>
internal sealed record Work(Call Call, bool OnOtherThread)
{
    /// <summary>It is over when the task is that its delegate returns. Other work that has not begun, who waits for it runs himself.</summary>
    public bool ReturnsTask { get; init; }
}

/// <summary>What stands for work (a task, a thread, a registration) is stored in a member.</summary>
internal sealed record Start(Place Place, Work Work, TextSpan Span) : Event(Span);

/// <summary>The body may be suspended and go on elsewhere.</summary>
internal sealed record Await(TextSpan Span) : Event(Span);

/// <summary>The task at a place is complete from here on.</summary>
internal sealed record Complete(Place Task, TextSpan Span) : Event(Span);

/// <summary>Something is created that completes a task or a token for others.</summary>
/// <param name="RunsApart">What waits for it never runs inside the call that completes it.</param>
internal sealed record CreateSource(Place? Source, ITypeSymbol Type, bool RunsApart, TextSpan Span) : Event(Span);

/// <summary>A task or a token is completed for others; what waits for it may run inside this call.</summary>
internal sealed record Finish(Place? Source, ITypeSymbol Type, ISymbol Member, TextSpan Span) : Event(Span);

/// <summary>A place gets another value; what was known of it is void.</summary>
internal sealed record Assign(Place Place, Change Change, TextSpan Span) : Event(Span);

/// <summary>The lock of an object is taken or tried for: which object that is.</summary>
/// <param name="Member">The field, property, parameter, local or method it comes from, if any.</param>
/// <param name="Type">The type of the expression without conversions.</param>
/// <param name="IsMonitor">It is the lock that every object has, and not one of the object's own kind.</param>
/// <param name="Span">Where the object is named.</param>
internal sealed record LockedOn(Origin Origin, ISymbol? Member, ITypeSymbol Type, bool IsMonitor, TextSpan Span) : Event(Span), IAsked;

/// <summary>What would give a lock back is thrown away: the scope that taking it returned.</summary>
/// <param name="Lock">Null where the lock has no name.</param>
internal sealed record Drop(Place? Lock, ISymbol Taken, TextSpan Span) : Event(Span), IAsked;

/// <summary>A field that could be there for nothing but <c>lock</c> statements is used in another way.</summary>
internal sealed record OtherUse(IFieldSymbol Field, TextSpan Span) : Event(Span);

/// <summary>From here on the caller has asked for synchronous execution (the branch of a dual-mode method).</summary>
internal sealed record SynchronousMode(TextSpan Span) : Event(Span), IAsked;

/// <summary>The iterator hands control to its consumer.</summary>
internal sealed record Yield(TextSpan Span) : Event(Span);
