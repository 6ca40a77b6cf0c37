using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>Code of a user interface goes on with whatever thread there is: it said that it need not come back.</summary>
internal sealed record LeftContext(ISymbol By, TextSpan Span) : Event(Span), IAsked;

/// <summary>What code of a user interface changes after it has left the thread that all its other code runs on.</summary>
internal static class OffContext
{
    public static IEnumerable<UnguardedChange> In(TypeModel type)
    {
        foreach (var body in type.Bodies)
            if (body.Events.Any(static e => e is LeftContext))
                foreach (var (access, left) in Behind(body))
                    if (type.Accesses.States.FirstOrDefault(state => SymbolEqualityComparer.Default.Equals(state.Member, access.Place.Member)) is { } state
                        && Race(state, body, access, left) is { } race)
                    {
                        yield return race;
                        break;
                    }
    }

    /// <summary>Changes of containers and numbers, up to the next await that may lead back.</summary>
    private static IEnumerable<(Access Access, LeftContext Left)> Behind(Body body)
    {
        LeftContext? left = null;
        foreach (var e in body.Events)
            if (e is LeftContext now)
                left = now;
            else if (e is Await)
                left = null;
            else if (left is not null && e is Access { Shape: Shape.Change or Shape.Update } access)
                yield return (access, left);
    }

    private static UnguardedChange? Race(SharedState state, Body body, Access access, LeftContext left)
    {
        var change = state.All.FirstOrDefault(one => ReferenceEquals(one.Body, body) && one.Span == access.Span);
        var other = state.All.FirstOrDefault(one => !ReferenceEquals(one.Body, body) && UnguardedState.Collide(access.Shape, one.Shape)
            && !one.Body.Events.Any(static e => e is LeftContext));
        return change is null || other is null || state.IsGuardedSomewhere ? null
            : new(state, change, other, new ConcurrentRoot(body, left.By, body, left.Span, BesideItself: false) { LeavesContext = true });
    }
}
