namespace Threadwise.Analyzers.Engine;

/// <summary>A wait for a process, or for the end of one of its pipes, while nobody reads the other pipe until later.</summary>
/// <param name="First">The wait.</param>
/// <param name="Late">The read that comes too late.</param>
internal sealed record PipeDeadlock(Body Body, Event First, Drain Late)
{
    /// <summary>The first wait before each read that comes too late.</summary>
    public static IEnumerable<PipeDeadlock> In(TypeModel type) =>
        Waits(type).GroupBy(wait => (wait.Body, wait.Late.Span)).Select(waits => waits.OrderBy(wait => wait.First.Span.Start).First());

    private static IEnumerable<PipeDeadlock> Waits(TypeModel type) =>
        from body in type.Bodies
        where body.Events.Any(e => e is Drain)
        let ways = new Ways(body.Flow)
        from at in type.Positions(body)
        where at.Event is Exit { IsTimed: false } or Drain { IsToEnd: true, IsWaitedFor: true }
        let late = LateRead(ways, at.Node, at.Index, at.Event)
        where late is not null
        select new PipeDeadlock(body, at.Event, late);

    private static Drain? LateRead(Ways ways, int node, int index, Event first)
    {
        var (process, pipe) = first is Drain read ? (read.Process, read.Pipe) : (((Exit)first).Process, "");
        bool IsOther(Event e) => e is Assign assigned && assigned.Place.Equals(process);
        var earlier = ways.Before(node, index, IsOther).ToList();
        if (earlier.OfType<Exit>().Any(exit => exit.IsTimed && exit.Process.Equals(process)))
            return null;
        var before = earlier.OfType<Drain>().Where(drain => drain.Process.Equals(process)).ToList();
        return ways.After(node, index, IsOther).OfType<Drain>()
            .Where(drain => drain.Process.Equals(process) && drain.Pipe != pipe && !before.Any(early => early.Pipe == drain.Pipe))
            .OrderBy(drain => drain.Span.Start)
            .FirstOrDefault();
    }
}
