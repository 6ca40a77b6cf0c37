namespace Threadwise.Analyzers.Engine;

/// <summary>A change that ends what a thread waits for, after which nobody wakes it.</summary>
internal sealed record SilentChange(Body Body, Update Change, Waiter Waiter);

/// <summary>Who wakes those that wait under a lock, and who changes what they wait for without waking them.</summary>
internal sealed class Wakeups(TypeModel type)
{
    public ImmutableArray<Waiter> Waiters { get; } = Waiter.In(type);

    /// <summary>Every pulse that can wake the waiter comes with a change that lets it go on.</summary>
    public bool AllChangeWhatItWaitsFor(Waiter waiter)
    {
        var wakers = type.Bodies.Where(body => body.Events.Any(e => e is Pulse)).ToList();
        return wakers.Count > 0 && wakers.All(body => body.Events.Any(e => e is Update change && waiter.MayGoOnAfter(change)));
    }

    /// <summary>The last such change of each critical section.</summary>
    public IEnumerable<SilentChange> Missed()
    {
        var sleepers = Waiters.Where(waiter => waiter is { IsRepeated: true, Wait.IsEndless: true, While.IsEmpty: false } && IsOnlyOurs(waiter.Wait.Lock)).ToList();
        if (sleepers.Count == 0)
            return Enumerable.Empty<SilentChange>();
        return type.Bodies.Where(body => !type.Entry.IsConstruction(body)).SelectMany(body => Missed(body, sleepers));
    }

    private IEnumerable<SilentChange> Missed(Body body, List<Waiter> sleepers) =>
        from waiter in sleepers
        where waiter.Body != body && !Wakes(body, waiter.Wait.Lock) && !IsPartOf(body, waiter.Body)
        from at in type.Visit(body)
        where at.Event is Update change && waiter.MayGoOnAfter(change)
        let held = at.Before.Holds(waiter.Wait.Lock, exclusively: true)
        where held is { Assumed: false }
        group (Change: (Update)at.Event, Waiter: waiter) by held.Since into section
        let last = section.OrderBy(missed => missed.Change.Span.Start).Last()
        select new SilentChange(body, last.Change, last.Waiter);

    /// <summary>Pairs that wait under one lock for different things, of which a pulse wakes only one.</summary>
    public (Waiter One, Waiter Other)? Mixed(Place @lock)
    {
        var here = Waiters.Where(waiter => waiter.Wait.Lock.Equals(@lock)).ToList();
        foreach (var one in here)
            foreach (var other in here)
                if (one.Wait.Span.Start < other.Wait.Span.Start && WaitForMore(one, other) && WaitForMore(other, one))
                    return (one, other);
        return null;
    }

    private static bool WaitForMore(Waiter one, Waiter other) => one.While.Any(test => !other.While.Any(known => known.Place.Equals(test.Place) && known.Is == test.Is));

    /// <summary>No code outside the type can pulse the lock, nor code inside by another name.</summary>
    private bool IsOnlyOurs(Place @lock) =>
        @lock is { Root: Root.This, Path.IsEmpty: true } or { IsOfInstanceOrStatic: true, Member.DeclaredAccessibility: Accessibility.Private }
        && !type.Bodies.Any(body => body.Events.Any(e => e is Expose exposed && exposed.Lock.Equals(@lock) || e is Pulse { Lock.IsOfInstanceOrStatic: false }));

    /// <summary>The body pulses the lock, or one that it calls, that calls it, or that is written in it.</summary>
    private bool Wakes(Body body, Place @lock)
    {
        var seen = new HashSet<Body>();
        var pending = new Stack<Body>();
        pending.Push(body);
        foreach (var other in type.Bodies)
            if (body.IsClosed && Calls(other, body) || SymbolEqualityComparer.Default.Equals(other.Declaring, body.Method) && body.Method is not null)
                pending.Push(other);
        while (pending.Count > 0)
        {
            var next = pending.Pop();
            if (!seen.Add(next))
                continue;
            foreach (var e in next.Events)
                if (e is Pulse pulse && SymbolEqualityComparer.Default.Equals(pulse.Lock.Member, @lock.Member))
                    return true;
                else if (e is Call call && type.BodyOf(call.Target) is { } callee)
                    pending.Push(callee);
        }

        return false;
    }

    /// <summary>Only the waiting body itself calls it.</summary>
    private bool IsPartOf(Body body, Body waiting) =>
        body.IsClosed && type.Bodies.Where(other => Calls(other, body)).ToList() is { Count: > 0 } callers && callers.All(caller => caller == waiting);

    private static bool Calls(Body caller, Body callee) =>
        caller.Events.Any(e => e is Call call && SymbolEqualityComparer.Default.Equals(call.Target, callee.Method?.OriginalDefinition));
}
