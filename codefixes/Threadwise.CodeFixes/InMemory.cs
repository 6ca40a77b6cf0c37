using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>Members that only look at, and change, what is in memory, and run no code but that of the elements they compare.</summary>
internal sealed class InMemory(Finding finding)
{
    /// <summary>A member, or a type all of whose members are such.</summary>
    public bool Is(ISymbol symbol) => (symbol as INamedTypeSymbol ?? symbol.ContainingType) is { TypeKind: not TypeKind.Interface } type && !IsObserved(type)
        && (IsOfCollections(type) || type.SpecialType != SpecialType.None
            || finding.Facts.About(type).Any(static fact => fact.Effect is Effect.Container or Effect.Immutable)
            || type is { Name: "Math" or "Array" or "Convert" or "BitConverter",
                ContainingNamespace.Name: "System" } or { Name: "Enumerable", ContainingNamespace.Name: "Linq" });

    private static bool IsOfCollections(ITypeSymbol type) =>
        type.ContainingNamespace?.ToDisplayString().StartsWith("System.Collections", StringComparison.Ordinal) == true;

    /// <summary>Tells others of each change.</summary>
    public static bool IsObserved(ITypeSymbol type) =>
        type.AllInterfaces.Any(static contract => contract.Name is "INotifyCollectionChanged" or "INotifyPropertyChanged" or "IBindingList");
}
