using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Members of a type that hold a lock which is a value in such a way that every use is of a copy.</summary>
internal static class LockValues
{
    /// <summary>Fields that are read-only, and properties that keep a lock of their own and hand out its value.</summary>
    public static IEnumerable<ISymbol> CopiedBy(TypeModel type) =>
        Types(type.Type).SelectMany(inner => inner.GetMembers()).Where(member => member switch
        {
            IFieldSymbol { IsReadOnly: true, IsImplicitlyDeclared: false, Type: var kept } => IsLockValue(type, kept),
            IPropertySymbol { RefKind: RefKind.None, Type: var kept } property => IsLockValue(type, kept) && StoresItself(property),
            _ => false,
        });

    /// <summary>Its getter has no code: there is a field behind it.</summary>
    private static bool StoresItself(IPropertySymbol property) =>
        property.ContainingType.GetMembers()
            .Any(member => member is IFieldSymbol { IsImplicitlyDeclared: true, AssociatedSymbol: { } owner } && SymbolEqualityComparer.Default.Equals(owner, property));

    private static bool IsLockValue(TypeModel type, ITypeSymbol kept) => kept.IsValueType && type.Model.Facts.About(kept, Effect.Lock) is not null;

    private static IEnumerable<INamedTypeSymbol> Types(INamedTypeSymbol type)
    {
        yield return type;
        foreach (var nested in type.GetTypeMembers())
            foreach (var inner in Types(nested))
                yield return inner;
    }
}
