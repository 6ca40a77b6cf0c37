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
                && (other.Shape == Shape.Clear && (state.Member is IFieldSymbol { IsVolatile: true } || type.Roots.Beside(read.Body, other.Body, state.Member.IsStatic) is not null)
                    || other is { Shape: Shape.Atomic, Access.Clears: true }))
                return other;
        return null;
    }
}
