namespace Threadwise.Analyzers.Engine;

/// <summary>A wait for a pulse that gives back one lock and keeps another, which whoever pulses has to have.</summary>
internal sealed record NestedWait(Waiter Waiter, Held Kept, Body Pulser);

/// <summary>Waits that nobody can end, because all who could are kept out.</summary>
internal static class NestedWaits
{
    public static IEnumerable<NestedWait> In(TypeModel type)
    {
        foreach (var waiter in Waiter.In(type))
            if (waiter.Wait.IsEndless)
                foreach (var kept in Before(type, waiter)?.Must ?? ImmutableArray<Held>.Empty)
                    if (!kept.Lock.Place.Equals(waiter.Wait.Lock) && kept.Lock.Place.IsOfInstanceOrStatic && type.IsStable(kept.Lock.Place) && type.IsExclusive(kept.Lock)
                        && PulsersUnder(type, waiter.Wait.Lock, kept.Lock.Place) is { } pulser)
                        yield return new(waiter, kept, pulser);
    }

    private static LockState? Before(TypeModel type, Waiter waiter) =>
        type.Visit(waiter.Body).Where(at => ReferenceEquals(at.Event, waiter.Wait)).Select(at => at.Before).FirstOrDefault();

    /// <summary>One of those who pulse the lock, if all of them hold the other one then.</summary>
    private static Body? PulsersUnder(TypeModel type, Place pulsed, Place kept)
    {
        Body? pulser = null;
        foreach (var body in type.Bodies)
            foreach (var (e, before) in type.Visit(body))
                if (e is Pulse pulse && pulse.Lock.Equals(pulsed))
                {
                    if (before.Holds(kept, exclusively: false) is null)
                        return null;
                    pulser ??= body;
                }

        return pulser;
    }
}
