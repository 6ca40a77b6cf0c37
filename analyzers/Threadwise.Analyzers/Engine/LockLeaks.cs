using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>A lock that a body takes and gives back, but not on every way out.</summary>
/// <param name="ByException">The way out is an exception.</param>
internal sealed record LockLeak(Body Body, Held Held, bool ByException);

/// <summary>The locks that are still held at some exit of the body that meant to give them back.</summary>
internal static class LockLeaks
{
    public static IEnumerable<LockLeak> In(TypeModel type)
    {
        foreach (var body in type.Bodies)
        {
            var given = body.Events.OfType<Release>().ToList();
            if (given.Count == 0)
                continue;
            var exit = type.AtExit(body);
            foreach (var held in exit?.May ?? ImmutableArray<Held>.Empty)
                if (IsForgotten(type, body, held, given) && exit!.Holds(held.Lock.Place, exclusively: false) is null)
                    yield return new(body, held, ByException: false);
            foreach (var held in type.AtThrow(body)?.May ?? ImmutableArray<Held>.Empty)
                if (IsForgotten(type, body, held, given) && !(exit?.May.Any(other => other.Lock.Place.Equals(held.Lock.Place)) ?? false))
                    yield return new(body, held, ByException: true);
        }
    }

    /// <summary>A lock whose scope is dropped is given back all the same: here, or by another body that did not take it.</summary>
    public static bool IsGivenBack(TypeModel type, Body body, Drop drop) => drop.Lock is { } place && type.Bodies.Any(other => type.Visit(other).Any(at =>
        at.Event is Release release
        && SymbolEqualityComparer.Default.Equals(release.Lock.Member ?? release.Lock.Symbol, place.Member ?? place.Symbol)
        && (other == body || !at.Before.Must.Any(held => held.Lock.Place.Equals(release.Lock)))));

    /// <summary>Taken here, given back here on some way, and by nobody else: not a lock that is handed on, nor one that is lent out and taken back.</summary>
    private static bool IsForgotten(TypeModel type, Body body, Held held, List<Release> given) =>
        body.Events.Any(e => e is Acquire or TryAcquire && e.Span == held.Since)
        && given.Any(release => IsOf(release, held))
        && !type.Visit(body).Any(at => at.Event is Release release && IsOf(release, held) && !at.Before.Must.Any(taken => taken.Lock.IsSame(release.Lock, release.Mode)))
        && !type.Bodies.Any(other => other.Events.Any(e => e is Expose exposed && exposed.Lock.Equals(held.Lock.Place)))
        && !type.Bodies.Any(other => other != body && GivesBackForOthers(type, other, held));

    private static bool IsOf(Release release, Held held) => held.Lock.IsSame(release.Lock, release.Mode);

    private static bool GivesBackForOthers(TypeModel type, Body body, Held held) =>
        SameMember(held, body.Events.OfType<Release>().Select(release => release.Lock))
        && !SameMember(held, body.Events.Select(e => e is Acquire acquire ? acquire.Lock.Place : e is TryAcquire tried ? tried.Lock.Place : null));

    /// <summary>Through whatever object: a releaser names the same field by another path.</summary>
    private static bool SameMember(Held held, IEnumerable<Place?> places) =>
        places.Any(place => place is not null && SymbolEqualityComparer.Default.Equals(place.Member ?? place.Symbol, held.Lock.Place.Member ?? held.Lock.Place.Symbol));
}
