namespace Threadwise.CodeFixes;

/// <summary>What some code of the compilation does, wherever it is.</summary>
internal static class InSource
{
    /// <summary>Creates an instance of the type, which then nobody else gives its parts.</summary>
    public static bool Makes(Finding finding, INamedTypeSymbol type) => Any<BaseObjectCreationExpressionSyntax>(finding,
        creation => creation is ImplicitObjectCreationExpressionSyntax || creation.ToString().Contains(type.Name),
        (model, creation) => SymbolEqualityComparer.Default.Equals(model.GetTypeInfo(creation, finding.Cancel).Type, type));

    /// <summary>Calls the method, or hands it on.</summary>
    public static bool Names(Finding finding, IMethodSymbol method) => Any<SimpleNameSyntax>(finding,
        name => name.Identifier.ValueText == method.Name,
        (model, name) => SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, finding.Cancel).Symbol?.OriginalDefinition, method));

    /// <summary>Derives from the type, and may do in its place what it does.</summary>
    public static bool Derives(Finding finding, INamedTypeSymbol type) => Any<TypeDeclarationSyntax>(finding,
        declared => declared.BaseList is not null,
        (model, declared) => IsBelow(model.GetDeclaredSymbol(declared, finding.Cancel)?.BaseType, type.OriginalDefinition));

    private static bool IsBelow(INamedTypeSymbol? derived, INamedTypeSymbol type) =>
        derived is not null && (SymbolEqualityComparer.Default.Equals(derived.OriginalDefinition, type) || IsBelow(derived.BaseType, type));

    private static bool Any<T>(Finding finding, Func<T, bool> mayBe, Func<SemanticModel, T, bool> isSo) where T : SyntaxNode
    {
        foreach (var tree in finding.Model.Compilation.SyntaxTrees)
            if (tree.GetRoot(finding.Cancel).DescendantNodes().OfType<T>().Where(mayBe).ToList() is { Count: > 0 } found
                && finding.Model.Compilation.GetSemanticModel(tree) is var model && found.Exists(node => isSo(model, node)))
                return true;
        return false;
    }
}
