namespace Threadwise.Analyzers.Engine;

/// <summary>A field is tested and then read again, though other code may take away its value in between.</summary>
/// <param name="Cleared">What takes it away.</param>
internal sealed record DoubleRead(SharedState State, SharedAccess Read, SharedAccess Cleared);

/// <summary>Where a type reads a field twice and relies on its not having changed.</summary>
internal static class DoubleReads
{
    public static IEnumerable<DoubleRead> In(TypeModel type)
    {
        foreach (var state in type.Accesses.States)
            if (Reader.TypeOf(state.Member) is { IsReferenceType: true })
                foreach (var body in state.All.Where(static access => access.Access.IsTested && access.Held.IsEmpty).GroupBy(static access => access.Body))
                    if (body.First() is var read && !type.Guarded.Any(guard => guard.Unguarded.Contains(read)) && TakenAway(type, state, read) is { } cleared)
                        yield return new(state, read, cleared);
    }

    /// <summary>Code that may run at the same time; that it may, shows in what runs it, or in how it does it.</summary>
    private static SharedAccess? TakenAway(TypeModel type, SharedState state, SharedAccess read)
    {
        foreach (var other in state.All.Concat(type.Accesses.AtEnd(state.Member)))
            if (!ReferenceEquals(other.Body, read.Body)
                && (other.Shape == Shape.Clear
                    && (state.Member is IFieldSymbol { IsVolatile: true } || type.Roots.Beside(read.Body, other.Body, state.Member.IsStatic) is not null)
                    || other is { Shape: Shape.Atomic, Access.Clears: true }))
                return other;
        return null;
    }

    /// <summary>Work that reads a field when it begins, which its starter has written, and which other code takes away without waiting for the work.</summary>
    public static IEnumerable<DoubleRead> InWork(TypeModel type)
    {
        foreach (var body in type.Bodies)
        {
            var written = new HashSet<Place>();
            foreach (var e in body.Events)
                if (e is Access { Shape: Shape.Write, Place: { Root: Root.This, Path.Length: 1 } place })
                    written.Add(place);
                else if (written.Count > 0 && e is Escape { IsStarted: true, IsJoined: false } start && (start.By is not null || start.Begun is not null)
                    && type.BodyOf(start.Target) is { Method.MethodKind: MethodKind.AnonymousFunction } work && Begins(type, body, work, written) is { } found)
                    yield return found;
        }
    }

    private static DoubleRead? Begins(TypeModel type, Body starter, Body work, HashSet<Place> written)
    {
        foreach (var state in type.Accesses.States)
            if (Reader.TypeOf(state.Member) is { IsReferenceType: true }
                && state.All.FirstOrDefault(access => ReferenceEquals(access.Body, work)) is { Shape: Shape.Read, Held.IsEmpty: true,
                    Access: { IsTested: false, IfAny: false, IsTaken: false, Place: var place } } read && written.Contains(place)
                && state.All.Concat(type.Accesses.AtEnd(state.Member))
                    .FirstOrDefault(other => other.Shape == Shape.Clear && other.Access.Place.Equals(place) && !ReferenceEquals(other.Body, starter)
                        && !ReferenceEquals(other.Body, work) && !IsWaitedFor(other)) is { } cleared)
                return new(state, read, cleared);
        return null;
    }

    private static bool IsWaitedFor(SharedAccess cleared) => cleared.Body.Events.Any(e => e is Await or Block && e.Span.Start < cleared.Span.Start);
}
