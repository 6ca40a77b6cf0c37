namespace Threadwise.Analyzers.Engine;

/// <summary>A step that breaks a declared order, and what of it.</summary>
internal sealed record Misorder(Step Step, string Reason);

/// <summary>The order of locks that annotations on their members demand, and the steps that break it.</summary>
internal static class DeclaredOrder
{
    /// <summary>Longer chains of “before” are not followed.</summary>
    private const int MaxChain = 16;

    public static IEnumerable<Misorder> Broken(LockOrder order)
    {
        // Most locks say nothing of their order; what breaks it is a lock that does.
        var ordered = new Dictionary<Place, bool>();
        foreach (var step in order.Steps)
        {
            if (!ordered.TryGetValue(step.Wanted.Place, out var isOrdered))
                ordered[step.Wanted.Place] = isOrdered = step.Wanted.Place.Member is { } member && (Rank(member) is not null || After(member).Any());
            if (isOrdered && Reason(step.Held.Place, step.Wanted.Place) is { } reason)
                yield return new(step, reason);
        }
    }

    private static string? Reason(Place held, Place wanted)
    {
        if (held.Member is not { } first || wanted.Member is not { } second)
            return null;
        if (Rank(first) is { } taken && Rank(second) is { } asked && asked <= taken)
            return string.Format(System.Globalization.CultureInfo.InvariantCulture, "rank {0} comes after rank {1}", taken, asked);
        return IsBefore(second, first) ? "it is declared to be acquired before" : null;
    }

    private static int? Rank(ISymbol member) =>
        Annotation.Find(member, "LockRank") is { ConstructorArguments: [{ Value: int rank }, ..] } ? rank : null;

    /// <summary>Declared before the other, or before one that is.</summary>
    private static bool IsBefore(ISymbol earlier, ISymbol later)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { earlier };
        var pending = new Queue<ISymbol>(seen);
        while (pending.Count > 0 && seen.Count < MaxChain)
            foreach (var next in After(pending.Dequeue()))
                if (SymbolEqualityComparer.Default.Equals(next, later))
                    return true;
                else if (seen.Add(next))
                    pending.Enqueue(next);
        return false;
    }

    private static IEnumerable<ISymbol> After(ISymbol member)
    {
        foreach (var attribute in Annotation.All(member, "AcquiredBefore"))
            if (attribute.ConstructorArguments is [{ Value: string name }, ..] && Guards.Named(member.ContainingType, name.Trim())?.Member is { } next)
                yield return next;
    }
}
