namespace Threadwise.Analyzers.Engine;

/// <summary>Semaphores that are used as locks: whoever releases one has waited for it in the same body.</summary>
internal static class MutexSemaphores
{
    /// <summary>Those that admit one at first, and one more after every release too many.</summary>
    public static IEnumerable<(Body Body, Create Create)> Uncapped(TypeModel type) =>
        from body in type.Bodies
        from create in body.Events.OfType<Create>()
        where create.IsUncapped && create.Lock is { Path.Length: 1, Member: { DeclaredAccessibility: Accessibility.Private } member } && IsMutex(type, member)
        select (body, create);

    private static bool IsMutex(TypeModel type, ISymbol member) =>
        type.Bodies.Any(body => body.Events.Any(e => e is Release given && IsOf(given.Lock, member)))
        && type.Bodies.All(body => IsKeptIn(body, member));

    /// <summary>Nothing happens in the body that a lock would not go through.</summary>
    private static bool IsKeptIn(Body body, ISymbol member)
    {
        var (taken, given) = (false, false);
        foreach (var e in body.Events)
            switch (e)
            {
                case Expose exposed when IsOf(exposed.Lock, member):
                case Adopt adopted when IsOf(adopted.Lock, member):
                case Create { AdmitsOne: false } other when IsOf(other.Lock, member):
                case Release { IsCounted: true } many when IsOf(many.Lock, member):
                    return false;
                case Release one when IsOf(one.Lock, member):
                    given = true;
                    break;
                case Acquire one when IsOf(one.Lock.Place, member):
                case TryAcquire tried when IsOf(tried.Lock.Place, member):
                    taken = true;
                    break;
            }
        return taken || !given;
    }

    private static bool IsOf(Place place, ISymbol member) => SymbolEqualityComparer.Default.Equals(place.Member, member);
}
