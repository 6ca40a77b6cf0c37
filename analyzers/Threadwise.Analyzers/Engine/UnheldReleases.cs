using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>A body gives back a lock on a way on which it does not hold it.</summary>
/// <param name="Asked">Where the body asks for the lock.</param>
/// <param name="OnlyTried">It tries to take it, and does not look whether that worked.</param>
internal sealed record UnheldRelease(Body Body, Lock Lock, TextSpan At, TextSpan Asked, bool OnlyTried);

/// <summary>Releases by bodies that take the lock themselves, but not on every way to the release. Who only releases may do so for others.</summary>
internal static class UnheldReleases
{
    public static IEnumerable<UnheldRelease> In(TypeModel type) => type.Bodies
        .Where(body => body.Events.Any(IsPlain) && body.Events.Any(e => e is Acquire or TryAcquire))
        .SelectMany(body => In(type, body));

    private static IEnumerable<UnheldRelease> In(TypeModel type, Body body)
    {
        var failing = body.Events.Any(e => e is Acquire { MayFail: true }) ? body with { Flow = body.Flow.WithFailures() } : body;
        var states = type.Solve(failing, type.Entry.Of(body));
        // A finally region is visited once for each way through it.
        foreach (var ways in type.Visit(failing, states).Where(at => IsPlain(at.Event)).GroupBy(at => (Release)at.Event, at => at.Before))
            if (ways.Any(way => IsFree(way, ways.Key)) && Asked(body, ways.Key) is var (taken, asked, ignored)
                && IsUnheld(ways.Key, ways, states[body.Flow.Exit], ignored))
                yield return new(body, taken, ways.Key.Span, asked, ignored);
    }

    /// <summary>Gives back one, whatever was taken; who says how many has counted.</summary>
    private static bool IsPlain(Event e) => e is Release { EndsScope: false, IsCounted: false };

    /// <summary>The first request for the lock, before the release.</summary>
    private static (Lock Taken, TextSpan At, bool IsIgnored)? Asked(Body body, Release release)
    {
        foreach (var e in body.Events.Where(e => e.Span.Start < release.Span.Start).OrderBy(e => e.Span.Start))
            if (e is Acquire { Lock: var taken, IsLookedAt: var known } && taken.IsSame(release.Lock, release.Mode))
                return known ? null : (taken, e.Span, false);
            else if (e is TryAcquire { Lock: var tried, IsIgnored: var ignored } && tried.IsSame(release.Lock, release.Mode))
                return (tried, e.Span, ignored);
        return null;
    }

    private static bool IsFree(LockState way, Release release) => way.Holds(release.Lock, exclusively: false) is null && !way.IsHeld(release.Lock, release.Mode);

    /// <summary>Of a lock that is free on one way at least.</summary>
    private static bool IsUnheld(Release release, IEnumerable<LockState> ways, LockState? exit, bool isIgnored)
    {
        var free = ways.Where(way => IsFree(way, release)).ToList();
        return free.Count < ways.Count()
            || isIgnored && free.Any(way => way.IsUnasked(release.Lock, release.Mode))
            || free.Any(way => way.MayBeHeld(release.Lock, release.Mode)) && (exit?.Lost.Any(lost => lost.IsSame(release.Lock, release.Mode)) ?? false);
    }
}
