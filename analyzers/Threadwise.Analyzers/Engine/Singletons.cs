using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>A container is told to make one object of a type, for everybody.</summary>
internal sealed record Registered(INamedTypeSymbol Type, TextSpan Span) : Event(Span), IAsked;

/// <summary>State that is changed beside other code if many threads have the object of its type.</summary>
/// <param name="Other">What may run at the same time: another body, or the same in another thread.</param>
internal sealed record OpenChange(ISymbol State, SharedAccess Change, SharedAccess Other);

/// <summary>What a type does that is wrong only if all who ask for one get the same object of it: which another type decides.</summary>
internal static class Singletons
{
    public static IEnumerable<OpenChange> Of(TypeModel type)
    {
        var said = new HashSet<ISymbol>(type.Unguarded.Select(static race => race.State.Member), SymbolEqualityComparer.Default);
        // Where there are windows, one thread may be all who ask.
        var unsure = type.Model.HasUserInterface ? [] : Scratch(type).Concat(Used(type)).Where(change => said.Add(change.State)).ToList();
        return unsure.Concat(Changes(type).Where(change => !said.Contains(change.State)));
    }

    /// <summary>One for each body and state.</summary>
    private static IEnumerable<OpenChange> Changes(TypeModel type)
    {
        foreach (var state in type.Accesses.States)
            if (!state.IsGuardedSomewhere)
                foreach (var body in state.All.Where(access => IsCalledByAll(type, access.Body)).GroupBy(static access => access.Body))
                    if (body.Select(change => Change(type, state, change)).FirstOrDefault(static found => found is not null) is { } found)
                        yield return found;
    }

    /// <summary>What one call tells its helpers by a field, another one overwrites.</summary>
    private static IEnumerable<OpenChange> Scratch(TypeModel type) =>
        CallScratch.In(type, body => IsAsked(body) && type.Roots.OfMany(body) is null).Select(static found => new OpenChange(found.Field, found.Written, found.Read));

    /// <summary>An object that no two threads may use at once.</summary>
    private static IEnumerable<OpenChange> Used(TypeModel type) =>
        from found in SharedObjects.Fields(type, body => !IsCalledByAll(type, body))
        let use = new SharedAccess(found.In, new(Place.This(found.Member.ContainingType).Then(found.Member)!, Shape.Change, found.Use), ImmutableArray<Held>.Empty)
        select new OpenChange(found.Member, use, use);

    private static OpenChange? Change(TypeModel type, SharedState state, SharedAccess change)
    {
        if (change.Shape is not (Shape.Update or Shape.Change) || UnguardedState.IsElementOfArray(state, change))
            return null;
        foreach (var other in state.All)
            if (UnguardedState.Collide(change.Shape, other.Shape) && IsCalledByAll(type, other.Body))
                return new(state.Member, change, other);
        return null;
    }

    /// <summary>Whoever has the object can come here, at any time: the code is open to others, or at most one call away; and is not there to make the object ready or to give it up.</summary>
    private static bool IsCalledByAll(TypeModel type, Body body) => IsOpen(body) || type.Entry.CallersOf(body).Any(IsOpen);

    private static bool IsOpen(Body body) =>
        body.Method is { MethodKind: not (MethodKind.AnonymousFunction or MethodKind.LocalFunction or MethodKind.Constructor) } method && !body.IsClosed
            && !Shapes.Begins(method) && !Shapes.Stops(method);

    /// <summary>Whoever has the object calls it, and not a base type that may well call once.</summary>
    private static bool IsAsked(Body body) => IsOpen(body) && body.Symbol.DeclaredAccessibility is not (Accessibility.Protected or Accessibility.ProtectedAndInternal);
}
