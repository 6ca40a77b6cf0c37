using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Something a body asks of a lock or of another body, and what it holds by itself at that point.</summary>
/// <param name="AfterAwait">An async body may have been suspended before.</param>
/// <param name="GivenBack">Locks it has given back though it did not take them.</param>
/// <param name="IsDecided">With other arguments control would not have come here.</param>
internal readonly record struct Moment(Event Event, ImmutableArray<Held> Held, bool AfterAwait, ImmutableArray<Lock> GivenBack, bool IsDecided)
{
    /// <summary>Whoever called asked for synchronous execution.</summary>
    public bool IsSynchronous { get; init; }

    /// <summary>The values of parameters with which alone control comes here; by default all.</summary>
    public ImmutableArray<Choice> Choices { get; init; }

    /// <summary>This lock as the body itself took it.</summary>
    public Held? TookItself(Place place)
    {
        foreach (var held in Held)
            if (!held.Assumed && held.Lock.Place.Equals(place))
                return held;
        return null;
    }

    /// <summary>If it is about this lock, then whatever the arguments are, and not to take it back.</summary>
    public bool IsCertain(Place place)
    {
        foreach (var given in GivenBack)
            if (given.Place.Equals(place))
                return false;
        return !IsDecided;
    }
}

/// <summary>One body as its callers see it: the locks it asks for, the bodies it calls. Holds nothing else of it.</summary>
internal sealed class Unit(Body body, bool isConstruction, ImmutableArray<Moment> moments)
{
    public Body Body { get; } = body with { Flow = Flow.Nothing };

    /// <summary>Its object is still its own.</summary>
    public bool IsConstruction => isConstruction;

    public ImmutableArray<Moment> Moments => moments;

    /// <summary>Runs bit by bit, whenever its consumer asks: nothing of it happens where it is called.</summary>
    public bool IsIterator { get; } = body.Events.Any(e => e is Yield);

    /// <summary>Its callers go on when it has done all it does.</summary>
    public bool IsSynchronous => Body is { IsAsync: false, Method: { } method } && !Shapes.IsAwaited(method.ReturnType);

    /// <summary>The method is of the same outermost type.</summary>
    public bool IsNear(IMethodSymbol method) =>
        SymbolEqualityComparer.Default.Equals(Reader.Outermost(method.ContainingType), Reader.Outermost(Body.Symbol.ContainingType));

    public static Unit Of(TypeModel type, Body body)
    {
        if (!IsAny(body))
            return new(body, type.Entry.IsConstruction(body), ImmutableArray<Moment>.Empty);
        var all = type.VisitAlone(body)
            .Where(at => IsOfInterest(at.Event) && !(at.Event is Block block && (block.IsOver(at.Before) || BriefLocks.IsWaitFor(type, body, block)))).ToList();
        return new(body, type.Entry.IsConstruction(body), ImmutableArray.CreateRange(all.Select(at =>
            new Moment(at.Event, Before(at.Event, at.Before.Must), body.IsAsync
                && at.Before.IsAfterAwait, at.Before.Lost, at.Before.Decisions.Any(decision => !IsMadeEitherWay(at.Event, decision, all)))
                    { IsSynchronous = at.Before.IsSynchronous, Choices = Choice.Of(at.Before) })));
    }

    /// <summary>Without the other locks that one call takes together with this one: in which order, is its own affair.</summary>
    private static ImmutableArray<Held> Before(Event e, ImmutableArray<Held> held) =>
        e is Acquire ? held.RemoveAll(other => other.Since == e.Span) : held;

    /// <summary>The opposite decision leads to the same lock, as in a method that can do both halves.</summary>
    private static bool IsMadeEitherWay(Event e, (object Flag, bool Value) decision, List<(Event Event, LockState Before)> all) =>
        e is Acquire { Lock: var wanted }
        && all.Any(other => other.Event is Acquire { Lock: var same } && same.IsSame(wanted.Place, wanted.Mode)
            && other.Before.Decisions.Contains((decision.Flag, !decision.Value)));

    /// <summary>A body of a type that has nothing to do with locks.</summary>
    public static Unit Of(Body body)
    {
        var moments = ImmutableArray.CreateBuilder<Moment>(body.Events.Count(IsOfInterest));
        var awaited = false;
        foreach (var e in body.Events)
        {
            awaited |= e is Await;
            if (IsOfInterest(e))
                moments.Add(new(e, ImmutableArray<Held>.Empty, body.IsAsync && awaited, ImmutableArray<Lock>.Empty, IsDecided: false));
        }

        return new(body, body.IsConstruction, moments.MoveToImmutable());
    }

    /// <summary>Something happens in it that its callers have to do with.</summary>
    public static bool IsAny(Body body) => body.Events.Any(IsOfInterest);

    private static bool IsOfInterest(Event e) => e is Acquire or Call or Outside or Rank or Block or Escape { IsStarted: true };
}
