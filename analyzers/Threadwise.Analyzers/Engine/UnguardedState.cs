using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>State that one body changes while another, or another thread in the same, touches it, and no lock at all.</summary>
internal sealed record UnguardedChange(SharedState State, SharedAccess Change, SharedAccess Other, ConcurrentRoot Root)
{
    /// <summary>A container that the runs of one loop change.</summary>
    public bool IsOfLoop => Root.IsJoined && Change.Shape == Shape.Change;

    /// <summary>The function that is given to the loop makes the change itself, and not what it calls.</summary>
    public bool IsInDelegate => ReferenceEquals(Change.Body, Root.Body) && Change.Body.Method is { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction };
}

/// <summary>The state of a type that is changed beside other code without any guard.</summary>
internal static class UnguardedState
{
    /// <summary>What is changed in place, or after it was read, while other code changes it too.</summary>
    public static IEnumerable<UnguardedChange> In(TypeModel type)
    {
        var known = Pairs(type,
            static (state, access) => access.Shape is Shape.Update or Shape.Change && !IsElementOfArray(state, access) && !state.IsGuardedSomewhere,
            static (_, change, other) => Collide(change.Shape, other.Shape)).ToList();
        return known.Concat(Siblings.Changes(type).Where(found => !known.Exists(race => race.State == found.State)));
    }

    /// <summary>What is created, or done, when it is first asked for may be so twice, by two threads, though there is to be one.</summary>
    public static IEnumerable<UnguardedChange> Lazy(TypeModel type) => Pairs(type,
        (_, access) => access.Shape == Shape.Initialize && (access.Access.IsTurn || access.Access.Stored is { } stored && IsOneOfAKind(type, stored)),
        static (_, _, other) => other.Shape == Shape.Initialize);

    /// <summary>A value of several words is written while it is read or written.</summary>
    public static IEnumerable<UnguardedChange> Torn(TypeModel type) => Pairs(type,
        static (_, access) => access.Access is { IsWide: true, IsChange: true },
        static (_, change, other) => other.Access.IsWide && !ReferenceEquals(change.Body, other.Body));

    /// <summary>A value is taken and then cleared or replaced; two threads can take the same one.</summary>
    public static IEnumerable<UnguardedChange> Exchanges(TypeModel type) => Pairs(type,
        (state, access) => Reader.TypeOf(state.Member) is { IsReferenceType: true } held
            && (access.Shape == Shape.Clear ? IsUsedBefore(state, access) : IsReplaced(state, access) && type.Model.Facts.About(held, Effect.Immutable) is null),
        static (state, change, other) => change.Shape == Shape.Clear && other.Shape == Shape.Clear || IsReplaced(state, change) && IsReplaced(state, other));

    private static bool IsReplaced(SharedState state, SharedAccess change) =>
        change.Shape is Shape.Write or Shape.Clear && IsBefore(state, change, static read => read.IsTaken);

    private static bool IsUsedBefore(SharedState state, SharedAccess change) => IsBefore(state, change, static read => read.IsTaken || read.IsTested);

    private static bool IsBefore(SharedState state, SharedAccess change, Func<Access, bool> how) =>
        state.All.Any(read => ReferenceEquals(read.Body, change.Body) && read.Shape == Shape.Read && how(read.Access) && read.Span.Start < change.Span.Start);

    private static IEnumerable<UnguardedChange> Pairs(TypeModel type, Func<SharedState, SharedAccess, bool> first,
        Func<SharedState, SharedAccess, SharedAccess, bool> second)
    {
        if (!type.Roots.IsAny)
            yield break;
        foreach (var state in type.Accesses.States)
            foreach (var body in state.All.Where(access => access.Held.IsEmpty && first(state, access)).GroupBy(static access => access.Body))
                if (body.Select(change => Pair(type, state, change, second)).FirstOrDefault(static race => race is not null) is { } race)
                    yield return race;
    }

    private static UnguardedChange? Pair(TypeModel type, SharedState state, SharedAccess change, Func<SharedState, SharedAccess, SharedAccess, bool> second)
    {
        foreach (var other in state.All)
            if (other.Held.IsEmpty && second(state, change, other) && type.Roots.Beside(change.Body, other.Body, state.Member.IsStatic, suspended: true) is { } root
                && (!ReferenceEquals(change.Body, other.Body) || root.BesideItself)
                && type.Roots.IsApart(change, root) && type.Roots.IsApart(other, root)
                && !type.Roots.IsBefore(change.Body, change.Span, root) && !type.Roots.IsBefore(other.Body, other.Span, root))
                return new(state, change, other, root);
        return null;
    }

    /// <summary>Two of them are not as good as one: they hold something, or keep something.</summary>
    private static bool IsOneOfAKind(TypeModel type, ITypeSymbol stored) =>
        stored.AllInterfaces.Any(static contract => contract.SpecialType == SpecialType.System_IDisposable)
        || type.Model.Facts.About(stored.OriginalDefinition).Any(static fact => fact.Effect is Effect.Container or Effect.Synchronizes or Effect.Lock or Effect.Signal);

    /// <summary>Each thread may well have elements of its own.</summary>
    public static bool IsElementOfArray(SharedState state, SharedAccess change) => change.Shape == Shape.Change && Reader.TypeOf(state.Member).TypeKind == TypeKind.Array;

    public static bool Collide(Shape change, Shape other) => change == Shape.Change
        ? other is Shape.Use or Shape.Enumerate or Shape.Change
        : other is Shape.Update or Shape.Write or Shape.Clear or Shape.Initialize;
}
