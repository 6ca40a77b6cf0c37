using System.Collections.Concurrent;

namespace Threadwise.Analyzers.Knowledge;

/// <summary>Answers “what is known about this member or type?” for one compilation.</summary>
/// <remarks>A member without rows of its own answers for what it overrides or implements. Thread-safe.</remarks>
internal sealed class Facts(Table table)
{
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<Fact>> _known = new(SymbolEqualityComparer.Default);

    public ImmutableArray<Fact> About(ISymbol symbol)
    {
        var definition = Definition(symbol);
        return table.MayKnow(definition.Name) || Shapes.MayKnow(definition) ? _known.GetOrAdd(definition, Find) : ImmutableArray<Fact>.Empty;
    }

    public Fact? About(ISymbol symbol, Effect effect)
    {
        foreach (var fact in About(symbol))
            if (fact.Effect == effect)
                return fact;
        return null;
    }

    private static ISymbol Definition(ISymbol symbol) =>
        (symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension : symbol).OriginalDefinition;

    private ImmutableArray<Fact> Find(ISymbol symbol)
    {
        for (var member = symbol; member is not null; member = Overridden(member))
            if (Rows(member) is { IsEmpty: false } rows)
                return rows;
        foreach (var implemented in Implemented(symbol))
            if (Rows(implemented) is { IsEmpty: false } rows)
                return rows;
        return Shapes.About(symbol);
    }

    private ImmutableArray<Fact> Rows(ISymbol symbol) =>
        symbol.OriginalDefinition.GetDocumentationCommentId() is { } id ? table.Rows(id) : ImmutableArray<Fact>.Empty;

    private static ISymbol? Overridden(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        INamedTypeSymbol { TypeKind: TypeKind.Class } type => type.BaseType?.OriginalDefinition,
        _ => null,
    };

    private static IEnumerable<ISymbol> Implemented(ISymbol symbol)
    {
        if (symbol is INamedTypeSymbol type)
            return type.AllInterfaces;
        return symbol.ContainingType is { TypeKind: not TypeKind.Interface } container && !symbol.IsStatic && symbol is IMethodSymbol or IPropertySymbol
            ? container.AllInterfaces
                .SelectMany(contract => contract.GetMembers(symbol.Name))
                .Where(member => SymbolEqualityComparer.Default.Equals(container.FindImplementationForInterfaceMember(member), symbol))
            : Enumerable.Empty<ISymbol>();
    }
}
