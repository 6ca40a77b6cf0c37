using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Two accesses to one piece of state, one of them a change, each under a lock, and no lock in common.</summary>
internal sealed record MixedGuard(SharedState State, SharedAccess Here, Place Own, SharedAccess There, Place Other);

/// <summary>A change of state under a lock that lets others in.</summary>
/// <param name="Reason">Why, as messages say it.</param>
internal sealed record WrongGuard(SharedState State, SharedAccess Change, Place Lock, string Reason);

/// <summary>State that is always touched under some lock, and all the same not guarded.</summary>
internal static class MixedGuards
{
    public static IEnumerable<MixedGuard> In(TypeModel type)
    {
        foreach (var state in Candidates(type))
            if (state.All.All(static access => access.Shape is Shape.Atomic || !access.Held.IsEmpty) && Usual(type, state) is { } usual)
                foreach (var body in state.All.GroupBy(static access => access.Body))
                    if (body.Select(access => Mixed(type, state, access, usual)).FirstOrDefault(static mixed => mixed is not null) is { } mixed)
                        yield return mixed;
    }

    /// <summary>Changes where readers may be, and changes of what all objects share under the lock of one.</summary>
    public static IEnumerable<WrongGuard> Wrong(TypeModel type)
    {
        foreach (var state in Candidates(type))
            foreach (var body in state.All.Where(static access => access.Access.IsChange && !access.Held.IsEmpty).GroupBy(static access => access.Body))
                if (body.Select(change => Wrong(type, state, change)).FirstOrDefault(static wrong => wrong is not null) is { } wrong)
                    yield return wrong;
    }

    private static IEnumerable<SharedState> Candidates(TypeModel type) =>
        type.HasLocks ? type.Accesses.States.Where(state => type.Model.Guards.Of(state.Member) is null) : [];

    private static Place? Usual(TypeModel type, SharedState state) => state.All
        .SelectMany(access => Fixed(type, access))
        .GroupBy(static place => place)
        .OrderByDescending(static group => group.Count()).ThenBy(static group => group.Key.ToString(), StringComparer.Ordinal)
        .FirstOrDefault()?.Key;

    /// <summary>Without the usual lock, while a change under that goes on, or as a change.</summary>
    private static MixedGuard? Mixed(TypeModel type, SharedState state, SharedAccess access, Place usual)
    {
        var own = Fixed(type, access);
        // A read of one word is stale at worst.
        if (own.Count == 0 || own.Contains(usual) || access.Shape is Shape.Read or Shape.Test or Shape.Atomic && !access.Access.IsWide)
            return null;
        var other = state.All.FirstOrDefault(there => Fixed(type, there) is var theirs && theirs.Contains(usual) && !theirs.Intersect(own).Any()
            && (access.Access.IsChange ? there.Shape is not (Shape.Read or Shape.Test) : there.Access.IsChange));
        return other is null ? null : new(state, access, own[0], other, usual);
    }

    /// <summary>The locks that are the same object at every access.</summary>
    private static List<Place> Fixed(TypeModel type, SharedAccess access) =>
        InferredGuards.Locks(access).Where(found => type.IsStable(found.Lock)).Select(static found => found.Lock).ToList();

    private static WrongGuard? Wrong(TypeModel type, SharedState state, SharedAccess change)
    {
        if (change.Held.All(static held => held.Lock.Mode is Mode.Shared or Mode.Upgradeable)
            && change.Held[0].Lock is { Mode: var mode, Place: var shared } && IsGuardOf(state, change, shared))
            return new(state, change, shared, mode == Mode.Shared ? "is held by readers at the same time" : "lets readers in at the same time");
        return change.Access.Place.Root == Root.Static && change.Held.All(static held => held.Lock.Place is { Root: Root.This, Path.Length: <= 1 })
            && IsOfInstance(state) && !IsOnlyOne(type, state)
            ? new(state, change, change.Held[0].Lock.Place, "is another lock for every object")
            : null;
    }

    /// <summary>Others touch the state under the same lock.</summary>
    private static bool IsGuardOf(SharedState state, SharedAccess change, Place place) =>
        state.All.Any(access => !ReferenceEquals(access.Body, change.Body) && access.Held.Any(held => held.Lock.Place.Equals(place)));

    private static bool IsOfInstance(SharedState state) => state.All.All(static access => !access.Held.Any(static held => held.Lock.Place.Root != Root.This));

    /// <summary>One object at most is ever made.</summary>
    private static bool IsOnlyOne(TypeModel type, SharedState state) =>
        state.Member.ContainingType.InstanceConstructors.All(static constructor => constructor.DeclaredAccessibility == Accessibility.Private);
}
