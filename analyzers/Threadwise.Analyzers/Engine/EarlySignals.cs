using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>Somebody is woken before the state that they then read is written.</summary>
internal sealed record EarlySignal(Body Body, TextSpan Signal, SharedAccess Written, SharedAccess Read);

/// <summary>Where the bodies of a type signal too early.</summary>
internal static class EarlySignals
{
    public static IEnumerable<EarlySignal> In(TypeModel type)
    {
        foreach (var body in type.Bodies)
        {
            if (!body.Events.Any(static e => e is Wake or Pulse or Release) || type.Entry.IsConstruction(body))
                continue;
            var signals = new List<(Place Signal, TextSpan Span)>();
            foreach (var (e, before) in type.Visit(body))
                if (SignalOf(e, before) is { } signal)
                    signals.Add((signal, e.Span));
                else if (e is Access { Shape: Shape.Write or Shape.Update or Shape.Clear or Shape.Change } access && signals.Count > 0 && before.Must.IsEmpty
                    && Early(type, body, signals, access) is { } early)
                {
                    yield return early;
                    signals.RemoveAll(signal => signal.Span == early.Signal);
                }
        }
    }

    /// <summary>What others wait for, and are told here. A pulse is heard when the lock is given back; a semaphore that is not held is released for others.</summary>
    private static Place? SignalOf(Event e, LockState before) => e switch
    {
        Wake wake when before.Must.IsEmpty => wake.Signal,
        Pulse pulse => pulse.Lock,
        Release release when before.Must.IsEmpty && !before.MayBeHeld(release.Lock, release.Mode) => release.Lock,
        _ => null,
    };

    private static EarlySignal? Early(TypeModel type, Body body, List<(Place Signal, TextSpan Span)> signals, Access written)
    {
        if (type.Accesses.States.FirstOrDefault(state => SymbolEqualityComparer.Default.Equals(state.Member, written.Place.Member)) is not { } state)
            return null;
        foreach (var signal in signals)
            // The end of the signal itself is another story.
            if (!signal.Signal.IsBelow(written.Place, out _) && signal.Span.End <= written.Span.Start)
                foreach (var read in state.All)
                    if (!ReferenceEquals(read.Body, body) && !read.Access.IsChange && read.Shape != Shape.Atomic
                        && read.Access.Place.Equals(written.Place) && IsBehind(read, signal.Signal))
                        return new(body, signal.Span, new(body, written, ImmutableArray<Held>.Empty), read);
        return null;
    }

    /// <summary>It is read by who was woken, shortly after.</summary>
    private static bool IsBehind(SharedAccess read, Place signal)
    {
        var woken = false;
        foreach (var e in read.Body.Events)
            if (WokenBy(e) is { } by)
                woken = by.IsBelow(signal, out _);
            else if (woken && ReferenceEquals(e, read.Access))
                return true;
        return false;
    }

    private static Place? WokenBy(Event e) => e switch
    {
        Woken woken => woken.Signal,
        Wait wait => wait.Lock,
        Acquire { Lock: { Nature.Counted: true, Place: var place } } => place,
        _ => null,
    };
}
