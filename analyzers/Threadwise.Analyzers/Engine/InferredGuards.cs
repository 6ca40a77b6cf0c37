using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>The lock under which a type's own code touches a piece of state, where that is the rule and not the exception.</summary>
/// <param name="Guarded">With the lock.</param>
/// <param name="Unguarded">Without any lock, and not harmless.</param>
internal sealed record InferredGuard(SharedState State, Place Lock, ImmutableArray<SharedAccess> Guarded, ImmutableArray<SharedAccess> Unguarded);

/// <summary>Which locks guard which state, by majority: what most code does is what was meant.</summary>
/// <remarks>A single read of a value that fits a word is stale at worst, and never counts against a guard, nor is one reported for it.</remarks>
internal static class InferredGuards
{
    /// <summary>With more bodies than this that do without the lock, the lock is no guard but a coincidence.</summary>
    public const int MaxExceptions = 3;

    public static IEnumerable<InferredGuard> In(TypeModel type)
    {
        if (!type.HasLocks)
            yield break;
        foreach (var state in type.Accesses.States)
            if (IsOwn(state.Member) && !IsOfOneCaller(type, state.Member) && type.Model.Guards.Of(state.Member) is null && Majority(state) is { } guard
                && Of(type, state, guard) is { } inferred)
                yield return inferred;
    }

    /// <summary>The locks that are held at an access, by the member that holds each. One of another object of the same type is none.</summary>
    public static IEnumerable<(Place Lock, Held Held)> Locks(SharedAccess access)
    {
        foreach (var held in access.Held)
            if (!held.Lock.Nature.Striped && Key(held.Lock.Place, access.Access.Place) is { } key)
                yield return (key, held);
    }

    private static Place? Key(Place held, Place touched) => held switch
    {
        { Root: Root.Static or Root.TypeOf } => held,
        { Member: null } => touched.IsMemberOf(held) ? Place.This(touched.Member!.ContainingType) : null,
        { Member.ContainingType: var owner } when SymbolEqualityComparer.Default.Equals(owner, touched.Member!.ContainingType)
            && !touched.Member.IsStatic && !held.IsBeside(touched) => null,
        { Member: var member } => Place.This(member!.ContainingType).Then(member),
    };

    /// <summary>Nobody outside can change it without asking the type.</summary>
    private static bool IsOwn(ISymbol member) => member switch
    {
        IPropertySymbol { SetMethod: { } setter } => setter.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal,
        _ => member.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal,
    };

    /// <summary>By the contract of its base an object of the type serves one caller at a time: what is locked there is locked for other reasons.</summary>
    public static bool IsOfOneCaller(TypeModel type, ISymbol member) =>
        !member.IsStatic && type.Model.Facts.About(member.ContainingType).Any(static fact => fact is { Effect: Effect.Unsafe, All: true });

    private static Place? Majority(SharedState state) => state.All
        .SelectMany(static access => Locks(access).Select(found => (found.Lock, access.Access.IsChange)))
        .GroupBy(static found => found.Lock)
        .OrderByDescending(static group => group.Count(static found => found.IsChange)).ThenByDescending(static group => group.Count())
        .ThenBy(static group => group.Key.ToString(), StringComparer.Ordinal)
        .FirstOrDefault()?.Key;

    private static InferredGuard? Of(TypeModel type, SharedState state, Place guard)
    {
        var with = state.All.Where(access => Locks(access).Any(found => found.Lock.Equals(guard))).ToImmutableArray();
        // What starts the object may hold a lock for other reasons.
        if (!with.Any(static access => access.Access.IsChange && !Shapes.Begins(access.Body.Symbol)) || with.Length < 2
            || with.Select(static access => access.Body).Distinct().Count() < 2)
            return null;
        var without = state.All.Where(access => access.Held.IsEmpty && IsHarmful(state, access, with) && !IsInOneStep(type, state, access, with, guard)).ToList();
        // Two of three.
        if (without.Count == 0 || 2 * without.Count > with.Length)
            return null;
        var reported = ImmutableArray.CreateRange(without.Where(access => !IsExcused(type, access, guard)).OrderByDescending(static access => access.Access.IsChange));
        return reported.IsEmpty ? null : new(state, guard, with, reported);
    }

    /// <summary>Another thread can see half of it, lose what it did, or find it gone.</summary>
    private static bool IsHarmful(SharedState state, SharedAccess access, ImmutableArray<SharedAccess> guarded) => access.Shape switch
    {
        Shape.Write or Shape.Clear => !IsVolatile(state.Member),
        Shape.Update => true,
        Shape.Change => true,
        Shape.Use or Shape.Enumerate when Reader.TypeOf(state.Member).TypeKind != TypeKind.Array => guarded.Any(static other => other.Shape == Shape.Change),
        Shape.Read when access.Access.IsTested => guarded.Any(static other => other.Shape == Shape.Clear),
        Shape.Read => access.Access.IsWide,
        _ => false,
    };

    /// <summary>It gets another value as a whole, and no section under the lock depends on what it was: so that comes before each section or after it.</summary>
    private static bool IsInOneStep(TypeModel type, SharedState state, SharedAccess access, ImmutableArray<SharedAccess> guarded, Place guard)
    {
        if (access.Shape is not (Shape.Write or Shape.Clear) || access.Access.IsWide)
            return false;
        // Whoever reads it does so without the lock, which keeps writers apart that need not be.
        if (guarded.All(static other => other.Shape is Shape.Write or Shape.Clear))
            return state.All.Any(static other => !other.Access.IsChange);
        // Another container takes its place, and each section looks once, and at nothing else.
        return access.Shape == Shape.Write && guarded.All(static other => other.Access.IsOfElements)
            && guarded.GroupBy(static other => other.Body).All(static section => section.Count() == 1)
            && type.Accesses.States.All(other => other.Equals(state) || !other.All.Any(beside => Locks(beside).Any(found => found.Lock.Equals(guard))));
    }

    private static bool IsVolatile(ISymbol member) => member is IFieldSymbol { IsVolatile: true };

    /// <summary>It happens before there are other threads, after there were, or under something else that keeps them out.</summary>
    private static bool IsExcused(TypeModel type, SharedAccess access, Place guard) =>
        Shapes.Begins(access.Body.Symbol) || access.Shape == Shape.Clear && Shapes.Stops(access.Body.Symbol) || Shapes.NamesHeldLock(access.Body.Symbol)
        || access.Body.Events.Any(e => e is Access { Shape: Shape.Atomic } && e.Span.Start < access.Span.Start)
        || type.Roots.All.Any(root => type.Roots.IsBefore(access.Body, access.Span, root))
        || access.Body.Method is { MethodKind: MethodKind.AnonymousFunction } lambda && IsHandedOutUnder(type, lambda)
        || access.Body.Method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: not Accessibility.Public } helper && IsCalledUnder(type, helper, guard)
        // It runs whenever its consumer asks, who may well hold the lock.
        || access.Body is { IsClosed: true } && access.Body.Events.Any(static e => e is Yield);

    /// <summary>All who are known to call it hold the lock, though others could call it too.</summary>
    private static bool IsCalledUnder(TypeModel type, IMethodSymbol helper, Place guard)
    {
        var calls = type.Bodies.Where(body => !CleanUp.Is(type, body) && !type.Entry.IsConstruction(body)
            && body.Events.Any(e => e is Call call && SymbolEqualityComparer.Default.Equals(call.Target, helper)))
            .SelectMany(type.Visit).Where(at => at.Event is Call call && SymbolEqualityComparer.Default.Equals(call.Target, helper)).ToList();
        return calls.Count > 0 && calls.All(at => at.Before.Must.Any(held => held.Lock.Place.Equals(guard)));
    }

    /// <summary>What it is handed to may well run it at once; not where it leaves the one lock that is held.</summary>
    private static bool IsHandedOutUnder(TypeModel type, IMethodSymbol lambda) => type.Bodies.Any(body =>
        body.Events.Any(e => e is Escape { IsStarted: false } escape && SymbolEqualityComparer.Default.Equals(escape.Target, lambda.OriginalDefinition))
        && type.Visit(body).Any(at => at.Event is Escape escape && SymbolEqualityComparer.Default.Equals(escape.Target, lambda.OriginalDefinition)
            && !at.Before.Must.IsEmpty && !(escape.OutlivesLock && at.Before.Must is [{ Assumed: false }])));
}
