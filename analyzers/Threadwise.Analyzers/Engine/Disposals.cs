namespace Threadwise.Analyzers.Engine;

/// <summary>A lock or signal is disposed of while work on another thread goes on using it.</summary>
/// <param name="User">The body that work runs in.</param>
/// <param name="Use">Where it takes the lock, gives it back, or waits.</param>
internal sealed record EarlyDispose(Body Body, Dispose Dispose, Body User, Event Use);

/// <summary>What a type starts on other threads, and disposes of without waiting for it.</summary>
internal sealed class Disposals(TypeModel type)
{
    public IEnumerable<EarlyDispose> Early()
    {
        if (!type.Bodies.Any(body => body.Events.Any(e => e is Dispose)))
            yield break;
        var background = Background();
        foreach (var body in type.Bodies.Where(body => !background.ContainsKey(body) && !type.Entry.IsConstruction(body)))
        {
            var ways = new Ways(body.Flow);
            foreach (var (node, index, e, _) in type.Positions(body))
                if (e is Dispose dispose && !ways.Before(node, index, static _ => false).Any(MayWait) && Use(dispose.Place, background) is var (user, use))
                    yield return new(body, dispose, user, use);
        }
    }

    /// <summary>Bodies that other threads run, with what starts them again and again.</summary>
    private Dictionary<Body, bool> Background()
    {
        var found = new Dictionary<Body, bool>();
        var pending = new Queue<(Body Body, bool Repeated)>();
        foreach (var body in type.Bodies)
            foreach (var escape in body.Events.OfType<Escape>().Where(escape => escape.IsStarted))
                if (type.BodyOf(escape.Target) is { } started)
                    pending.Enqueue((started, escape.IsRepeated));
        while (pending.Count > 0)
        {
            var (body, repeated) = pending.Dequeue();
            if (found.ContainsKey(body))
                continue;
            found[body] = repeated;
            var ways = new Ways(body.Flow);
            foreach (var (node, _, e, _) in type.Positions(body))
                if (e is Call call && type.BodyOf(call.Target) is { } callee)
                    pending.Enqueue((callee, repeated || ways.Returns(node)));
        }

        return found;
    }

    /// <summary>The first use that comes again and again.</summary>
    private (Body User, Event Use)? Use(Place place, Dictionary<Body, bool> background)
    {
        foreach (var body in type.Bodies.Where(background.ContainsKey))
        {
            var ways = new Ways(body.Flow);
            foreach (var (node, _, e, _) in type.Positions(body))
                if (Uses(e, place) && (background[body] || ways.Returns(node)))
                    return (body, e);
        }

        return null;
    }

    private static bool Uses(Event e, Place place) => e switch
    {
        Acquire taken => taken.Lock.Place.Equals(place),
        TryAcquire tried => tried.Lock.Place.Equals(place),
        Block block => block.Fact.Kind == "signal" && block.Tasks.Contains(place),
        _ => false,
    };

    /// <summary>It may be over by then.</summary>
    private static bool MayWait(Event e) => e is Block or Await or Unknown or Wait or Call;
}
