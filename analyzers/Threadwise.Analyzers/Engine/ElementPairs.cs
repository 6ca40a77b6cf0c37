using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>Two elements of one array are locked, one inside the other, by indices in the order in which the caller named them.</summary>
internal sealed record ElementPair(string Held, string Wanted, TextSpan Span) : Event(Span);

/// <summary>Locks that are elements of an array, taken by the caller's indices. What is done with the indices besides may put them in order, so nothing may be.</summary>
internal static class ElementPairs
{
    public static ElementPair? In(ILockOperation inner, Places places)
    {
        if (Element(inner, places) is not var (array, wanted) || !IsOpen(wanted))
            return null;
        for (var outer = inner.Parent; outer is not null and not (IAnonymousFunctionOperation or ILocalFunctionOperation); outer = outer.Parent)
            if (outer is ILockOperation around && Element(around, places) is var (same, held) && same.Equals(array)
                && !SymbolEqualityComparer.Default.Equals(held, wanted) && IsOpen(held))
                return AreIndicesAlone(outer, held, wanted) ? new($"{array}[{held.Name}]", $"{array}[{wanted.Name}]", inner.LockedValue.Syntax.Span) : null;
        return null;
    }

    private static (Place Array, IParameterSymbol Index)? Element(ILockOperation statement, Places places) =>
        places.Bare(statement.LockedValue) is IArrayElementReferenceOperation { Indices: [var index] } element
        && places.Bare(index) is IParameterReferenceOperation { Parameter: var parameter } && places.Of(element.ArrayReference) is { } array ? (array, parameter) : null;

    /// <summary>Of a method that code elsewhere may call; those who call a private one may all keep an order.</summary>
    private static bool IsOpen(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: not (MethodKind.LocalFunction or MethodKind.AnonymousFunction),
            DeclaredAccessibility: not Accessibility.Private };

    private static bool AreIndicesAlone(IOperation statement, IParameterSymbol one, IParameterSymbol other) =>
        OperationBlocks.Root(statement).Descendants().OfType<IParameterReferenceOperation>().All(reference =>
            !SymbolEqualityComparer.Default.Equals(reference.Parameter, one) && !SymbolEqualityComparer.Default.Equals(reference.Parameter, other) || IsIndex(reference));

    private static bool IsIndex(IOperation reference) => reference.Parent switch
    {
        IConversionOperation conversion => IsIndex(conversion),
        IArrayElementReferenceOperation element => element.Indices.Contains(reference),
        _ => false,
    };
}
