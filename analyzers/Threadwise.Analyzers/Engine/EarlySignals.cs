namespace Threadwise.Analyzers.Engine;

/// <summary>Somebody is woken before the state that they then read is written.</summary>
internal sealed record EarlySignal(Body Body, Wake Signal, SharedAccess Written, SharedAccess Read);

/// <summary>Where the bodies of a type signal too early.</summary>
internal static class EarlySignals
{
    public static IEnumerable<EarlySignal> In(TypeModel type)
    {
        foreach (var body in type.Bodies)
        {
            if (!body.Events.Any(static e => e is Wake) || type.Entry.IsConstruction(body))
                continue;
            var signals = new List<Wake>();
            foreach (var (e, before) in type.Visit(body))
                if (e is Wake signal && before.Must.IsEmpty)
                    signals.Add(signal);
                else if (e is Access { Shape: Shape.Write or Shape.Update or Shape.Clear } access && signals.Count > 0 && before.Must.IsEmpty && Early(type, body, signals, access) is { } early)
                {
                    yield return early;
                    signals.Remove(early.Signal);
                }
        }
    }

    private static EarlySignal? Early(TypeModel type, Body body, List<Wake> signals, Access written)
    {
        if (type.Accesses.States.FirstOrDefault(state => SymbolEqualityComparer.Default.Equals(state.Member, written.Place.Member)) is not { } state)
            return null;
        foreach (var signal in signals)
            // The end of the signal itself is another story.
            if (!signal.Signal.IsBelow(written.Place, out _) && signal.Span.End <= written.Span.Start)
                foreach (var read in state.All)
                    if (!ReferenceEquals(read.Body, body) && !read.Access.IsChange && read.Shape != Shape.Atomic && read.Access.Place.Equals(written.Place) && IsBehind(read, signal.Signal))
                        return new(body, signal, new(body, written, ImmutableArray<Held>.Empty), read);
        return null;
    }

    /// <summary>It is read by who was woken, shortly after.</summary>
    private static bool IsBehind(SharedAccess read, Place signal)
    {
        var woken = false;
        foreach (var e in read.Body.Events)
            if (e is Woken by)
                woken = by.Signal.IsBelow(signal, out _);
            else if (woken && ReferenceEquals(e, read.Access))
                return true;
        return false;
    }
}
