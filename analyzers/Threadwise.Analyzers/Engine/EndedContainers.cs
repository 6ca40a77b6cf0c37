namespace Threadwise.Analyzers.Engine;

/// <summary>Containers of which a flag says that nobody is to put anything into them any more.</summary>
internal static class EndedContainers
{
    /// <summary>The code that sets the flag, and does away with what is in the container, under the lock under which something is put into it.</summary>
    public static Body? By(TypeModel type, Unrepeated check) => All(type, check.State, check.Lock)
        .FirstOrDefault(end => end.Shape == Shape.Write
            && All(type, check.Filled!, check.Lock)
                .Any(given => ReferenceEquals(given.Body, end.Body) && given.Shape is Shape.Change or Shape.Enumerate or Shape.Clear or Shape.Write))?.Body;

    private static IEnumerable<SharedAccess> All(TypeModel type, Place state, Place taken) =>
        type.Accesses.States.Where(other => SymbolEqualityComparer.Default.Equals(other.Member, state.Member)).SelectMany(static other => other.All)
            .Concat(type.Accesses.AtEnd(state.Member!))
            .Where(access => access.Held.Any(held => held.Lock.Place.Equals(taken)));
}
