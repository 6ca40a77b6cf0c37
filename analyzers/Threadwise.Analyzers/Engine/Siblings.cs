using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>A container is changed that is made for many threads.</summary>
internal sealed record SafeUse(Place Place, TextSpan Span) : Event(Span);

/// <summary>State that a member changes together with a container made for many threads, as if it were made for them too.</summary>
internal static class Siblings
{
    /// <summary>One for each state: the container beside it is the evidence that many threads come.</summary>
    public static IEnumerable<UnguardedChange> Changes(TypeModel type)
    {
        if (type.IsTest || type.Model.Facts.About(type.Type, Effect.Confined) is not null || !type.Bodies.Any(static body => body.Events.Any(static e => e is SafeUse)))
            yield break;
        foreach (var state in type.Accesses.States)
            if (!state.IsGuardedSomewhere && state.All.Select(change => Change(type, state, change)).FirstOrDefault(static found => found is not null) is { } found)
                yield return found;
    }

    private static UnguardedChange? Change(TypeModel type, SharedState state, SharedAccess change) =>
        change.Shape is Shape.Update or Shape.Change && !UnguardedState.IsElementOfArray(state, change)
        && change.Body.Method is { } method && Roots.IsEntry(change.Body) && !type.Entry.IsConstruction(change.Body) && !Shapes.Begins(method) && !Shapes.Stops(method)
        && change.Body.Events.OfType<SafeUse>()
            .FirstOrDefault(use => use.Place.IsBeside(change.Access.Place)
                && SymbolEqualityComparer.Default.Equals(use.Place.Member!.ContainingType, state.Member.ContainingType)) is { } safe
            ? new(state, change, state.All.FirstOrDefault(other => !ReferenceEquals(other, change) && UnguardedState.Collide(change.Shape, other.Shape))
                ?? change, new(change.Body, null, null, default, BesideItself: true) { Sibling = safe.Place.Member })
            : null;
}
