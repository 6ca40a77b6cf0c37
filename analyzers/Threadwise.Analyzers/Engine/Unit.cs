namespace Threadwise.Analyzers.Engine;

/// <summary>Something a body asks of a lock or of another body, and what it holds by itself at that point.</summary>
/// <param name="AfterAwait">An async body may have been suspended before.</param>
internal readonly record struct Moment(Event Event, ImmutableArray<Held> Held, bool AfterAwait);

/// <summary>One body as its callers see it: the locks it asks for, the bodies it calls. Holds nothing else of it.</summary>
internal sealed class Unit(Body body, bool isConstruction, ImmutableArray<Moment> moments)
{
    public Body Body { get; } = body with { Flow = Flow.Line(ImmutableArray<Event>.Empty) };

    /// <summary>Its object is still its own.</summary>
    public bool IsConstruction => isConstruction;

    public ImmutableArray<Moment> Moments => moments;

    /// <summary>Runs bit by bit, whenever its consumer asks: nothing of it happens where it is called.</summary>
    public bool IsIterator { get; } = body.Events.Any(e => e is Yield);

    public static Unit Of(TypeModel type, Body body)
    {
        var moments = ImmutableArray.CreateBuilder<Moment>();
        foreach (var (e, before) in type.VisitAlone(body))
            if (IsOfInterest(e))
                moments.Add(new(e, before.Must, body.IsAsync && before.IsAfterAwait));
        return new(body, type.Entry.IsConstruction(body), moments.ToImmutable());
    }

    /// <summary>A body of a type that has nothing to do with locks.</summary>
    public static Unit Of(Body body)
    {
        var moments = ImmutableArray.CreateBuilder<Moment>();
        var awaited = false;
        foreach (var e in body.Events)
        {
            awaited |= e is Await;
            if (IsOfInterest(e))
                moments.Add(new(e, ImmutableArray<Held>.Empty, body.IsAsync && awaited));
        }

        return new(body, body.IsConstruction, moments.ToImmutable());
    }

    private static bool IsOfInterest(Event e) => e is Acquire or Call or Outside;
}
