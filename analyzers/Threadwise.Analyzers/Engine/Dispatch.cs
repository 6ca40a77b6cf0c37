namespace Threadwise.Analyzers.Engine;

/// <summary>Which body runs when a member is called that may be overridden or implemented: the only one the compilation has, else none.</summary>
internal sealed class Dispatch(IAssemblySymbol assembly)
{
    private readonly Dictionary<ISymbol, IMethodSymbol?> _only = new(SymbolEqualityComparer.Default);
    private ILookup<ISymbol, IMethodSymbol>? _overrides;
    private ILookup<ISymbol, INamedTypeSymbol>? _implementers;

    public IMethodSymbol? Only(IMethodSymbol target)
    {
        if (target.IsStatic || !(target.IsVirtual || target.IsAbstract || target.IsOverride))
            return target;
        if (!_only.TryGetValue(target, out var only))
            _only[target] = only = Bodies(target).Take(2).ToList() is [var single] ? single : null;
        return only;
    }

    private IEnumerable<IMethodSymbol> Bodies(IMethodSymbol target)
    {
        if (_overrides is null || _implementers is null)
            Index();
        return target.ContainingType.TypeKind == TypeKind.Interface
            ? Implementations(target).SelectMany(Overridden).Distinct<IMethodSymbol>(SymbolEqualityComparer.Default)
            : Overridden(target);
    }

    /// <summary>The method itself and all that override it, however deep.</summary>
    private IEnumerable<IMethodSymbol> Overridden(IMethodSymbol method) =>
        _overrides![method].SelectMany(Overridden).Concat(method.IsAbstract ? Enumerable.Empty<IMethodSymbol>() : new[] { method });

    private IEnumerable<IMethodSymbol> Implementations(IMethodSymbol target)
    {
        foreach (var type in _implementers![target.ContainingType])
            foreach (var contract in type.AllInterfaces)
                if (SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, target.ContainingType))
                    foreach (var member in contract.GetMembers(target.Name))
                        if (SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, target)
                            && type.FindImplementationForInterfaceMember(member) is IMethodSymbol implementation)
                            yield return implementation.OriginalDefinition;
    }

    private void Index()
    {
        var types = Types(assembly.GlobalNamespace).ToList();
        _overrides = types.SelectMany(type => type.GetMembers().OfType<IMethodSymbol>())
            .Where(method => method.OverriddenMethod is not null)
            .ToLookup(method => (ISymbol)method.OverriddenMethod!.OriginalDefinition, method => method, SymbolEqualityComparer.Default);
        _implementers = types.Where(type => type.TypeKind is TypeKind.Class or TypeKind.Struct)
            .SelectMany(type => type.AllInterfaces.Select(contract => (Contract: contract.OriginalDefinition, Type: type)))
            .Where(pair => SymbolEqualityComparer.Default.Equals(pair.Contract.ContainingAssembly, assembly))
            .Distinct()
            .ToLookup(pair => (ISymbol)pair.Contract, pair => pair.Type, SymbolEqualityComparer.Default);
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol root)
    {
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(root);
        while (pending.Count > 0)
            foreach (var member in pending.Pop().GetMembers())
                if (member is INamespaceOrTypeSymbol inner)
                {
                    pending.Push(inner);
                    if (inner is INamedTypeSymbol type)
                        yield return type;
                }
    }
}
