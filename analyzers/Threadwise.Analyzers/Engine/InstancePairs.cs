using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>A body locks two objects of one type whose parts its callers can exchange.</summary>
internal sealed record InstancePair(Unit Unit, Place Held, Place Wanted, TextSpan At, ImmutableArray<IMethodSymbol> Via);

/// <summary>The same lock of two objects, taken in whatever order the caller named them: two callers can name them the other way round.</summary>
internal static class InstancePairs
{
    public static IEnumerable<InstancePair> In(TypeModel type)
    {
        foreach (var unit in type.Code.Units)
            if (!unit.IsConstruction)
                foreach (var moment in unit.Moments)
                    foreach (var (wanted, at, via) in WantedAt(type.Code, moment))
                        if (moment.Held.Length == 1 && moment.Held[0].Lock is { OnOwned: false } held
                            && AreExchangeable(held.Place, wanted.Place) && type.IsExclusive(held)
                            && !IsOrdered(type, unit, Roots(held.Place, wanted.Place)))
                            yield return new(unit, held.Place, wanted.Place, at, via);
    }

    private static IEnumerable<(Lock Wanted, TextSpan At, ImmutableArray<IMethodSymbol> Via)> WantedAt(TypeCode code, Moment moment)
    {
        if (moment.Event is Acquire acquire)
            return new[] { (acquire.Lock, acquire.Named, ImmutableArray<IMethodSymbol>.Empty) };
        return !moment.Held.IsEmpty && code.CallAt(moment.Event) is var (call, callee)
            ? code.Acquisitions.Through(call, callee).Select(inner => (inner.Lock, call.Span, inner.Via))
            : Enumerable.Empty<(Lock, TextSpan, ImmutableArray<IMethodSymbol>)>();
    }

    /// <summary>The same members of two parameters, or of <c>this</c> and a parameter, of one type.</summary>
    private static bool AreExchangeable(Place a, Place b) =>
        a.Path.SequenceEqual(b.Path, SymbolEqualityComparer.Default) && !a.Equals(b)
            && (a.Root == Root.Parameter && b.Root is Root.Parameter or Root.This || b.Root == Root.Parameter && a.Root == Root.This)
        && Roots(a, b) is [var one, var other] && SymbolEqualityComparer.Default.Equals(TypeOf(one), TypeOf(other))
        && TypeOf(one) is { IsReferenceType: true, SpecialType: SpecialType.None };

    private static ImmutableArray<ISymbol> Roots(Place a, Place b) => ImmutableArray.Create(RootOf(a), RootOf(b));

    private static ISymbol RootOf(Place place) => place.Symbol ?? place.Path[0].ContainingType;

    private static ITypeSymbol? TypeOf(ISymbol root) => (root as IParameterSymbol)?.Type.OriginalDefinition ?? root as ITypeSymbol;

    /// <summary>The body, or somebody who may call it, puts the two objects in order first.</summary>
    private static bool IsOrdered(TypeModel type, Unit unit, ImmutableArray<ISymbol> roots) =>
        unit.Moments.Any(moment => moment.Event is Rank rank && (rank.Roots.IsEmpty || roots.All(root => rank.Roots.Contains(root, SymbolEqualityComparer.Default))))
        || unit.Body.IsClosed && type.Code.Units.Any(caller => caller.Moments.Any(moment => moment.Event is Rank)
            && caller.Moments.Any(moment => moment.Event is Call call && SymbolEqualityComparer.Default.Equals(call.Target, unit.Body.Symbol)));
}
