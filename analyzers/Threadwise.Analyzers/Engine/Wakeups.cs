namespace Threadwise.Analyzers.Engine;

/// <summary>Who wakes those that wait under a lock, and who changes what they wait for without waking them.</summary>
internal static class Wakeups
{
    /// <summary>Every pulse that can wake the waiter comes with a change that lets it go on.</summary>
    public static bool AllChangeWhatItWaitsFor(TypeModel type, Waiter waiter)
    {
        var wakers = type.Bodies.Where(body => body.Events.Any(e => e is Pulse)).ToList();
        return wakers.Count > 0 && wakers.All(body => body.Events.Any(e => e is Update change && waiter.MayGoOnAfter(change)));
    }
}
