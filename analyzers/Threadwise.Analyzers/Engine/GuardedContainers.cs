namespace Threadwise.Analyzers.Engine;

/// <summary>Containers that the code of a type uses under a lock.</summary>
internal static class GuardedContainers
{
    /// <summary>The lock that is given back, or never was taken, where the container leaves; null where it guards nothing of it.</summary>
    public static Place? LockOf(TypeModel type, Leaving leaving) => leaving.Lock is { } taken
        ? type.Bodies.Any(other => other.Remarks.Any(remark => remark is LockedChange change
            && SymbolEqualityComparer.Default.Equals(change.Container, leaving.Container) && change.Lock.Equals(taken))) ? taken : null
        : type.Accesses.States.FirstOrDefault(state => SymbolEqualityComparer.Default.Equals(state.Member, leaving.Container)) is { } state ? Common(state) : null;

    /// <summary>The private lock under which several members use all of it, and some change it.</summary>
    private static Place? Common(SharedState state)
    {
        var uses = state.All.Where(static access => access.Access.IsOfElements).ToList();
        if (uses.Select(static use => use.Body).Distinct().Count() < 2 || !uses.Any(static use => use.Shape == Shape.Change))
            return null;
        return uses[0].Held.Select(static held => held.Lock.Place).FirstOrDefault(taken =>
            taken.Member is IFieldSymbol { DeclaredAccessibility: Accessibility.Private } gate && !SymbolEqualityComparer.Default.Equals(gate, state.Member)
            && uses.TrueForAll(use => use.Held.Any(held => held.Lock.Place.Equals(taken))));
    }
}
