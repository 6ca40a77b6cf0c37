namespace Threadwise.Analyzers.Engine;

/// <summary>A wait, under a lock, for work that takes that lock before it ends.</summary>
internal sealed record LockedWait(Body Body, Block Wait, Lock Held, Acquisition Wanted)
{
    public Location Where => Location.Create(Body.Tree, Wait.Span);

    /// <summary>Where the work takes the lock.</summary>
    public Location Taken => Wanted.Where;
}

/// <summary>Waits that cannot end because the waiting thread keeps what the awaited work needs.</summary>
internal static class LockedWork
{
    /// <param name="callbacks">The work is a callback, and what waits for it takes it out of use.</param>
    public static IEnumerable<LockedWait> In(TypeModel type, bool callbacks)
    {
        if (!type.HasLocks)
            yield break;
        var started = type.Bodies.SelectMany(body => body.Events.OfType<Start>()).ToLookup(start => start.Place, start => start.Work);
        foreach (var body in type.Bodies)
            foreach (var (e, before) in type.Visit(body))
                if (e is Block { IsComplete: false, Fact.Timeout: null } wait && wait.Fact.Kind == "callback" == callbacks && !before.Must.IsEmpty
                    && !wait.Tasks.Any(before.Completed.Contains)
                    && Conflict(type, wait, started, before.Must) is var (held, wanted))
                    yield return new(body, wait, held, wanted);
    }

    private static (Lock, Acquisition)? Conflict(TypeModel type, Block wait, ILookup<Place, Work> started, ImmutableArray<Held> must)
    {
        // A member that holds now this work, now that, stands for either: then only one that surely conflicts counts.
        var works = wait.Work is { } direct ? new[] { direct } : wait.Tasks.SelectMany(task => started[task]).ToArray();
        if (works.Length != 1 || type.Code.CallAt(works[0].Call) is not var (call, callee))
            return null;
        foreach (var wanted in type.Code.Acquisitions.Through(call, callee))
            foreach (var held in must)
                if (held.Lock.Place.Equals(wanted.Lock.Place) && (works[0].OnOtherThread || wanted.AfterAwait)
                    && type.IsExclusive(held.Lock) && !(held.Lock.Mode == Knowledge.Mode.Shared && wanted.Lock.Mode == Knowledge.Mode.Shared))
                    return (held.Lock, wanted);
        return null;
    }
}
