namespace Threadwise.Analyzers.Engine;

/// <summary>Semaphores that nobody holds for longer than a <c>lock</c>: wherever they are taken they are given back by the same body, and it neither awaits nor stops in between.</summary>
internal static class BriefLocks
{
    /// <summary>The wait is for such a semaphore, and all who take it are in this type.</summary>
    public static bool IsWaitFor(TypeModel type, Body body, Block block) =>
        block.Fact.Kind == "lock"
        && body.Events.OfType<Acquire>()
            .FirstOrDefault(acquire => acquire.Span == block.Span) is { Lock.Place.Member: IFieldSymbol { DeclaredAccessibility: Accessibility.Private } gate }
        && type.Bodies.All(other => IsBrief(type, other, gate));

    private static bool IsBrief(TypeModel type, Body body, IFieldSymbol gate)
    {
        bool IsIt(Place place) => SymbolEqualityComparer.Default.Equals(place.Member, gate);
        var takes = body.Events.Any(e => e is Acquire { Lock.Place: var taken } && IsIt(taken) || e is TryAcquire { Lock.Place: var tried } && IsIt(tried));
        var gives = body.Events.Any(e => e is Release { Lock: var released } && IsIt(released));
        return takes == gives && !(takes && type.VisitAlone(body).Any(at => at.Event is Await or Block && at.Before.May.Any(held => IsIt(held.Lock.Place))));
    }
}
