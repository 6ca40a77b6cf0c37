using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Analyzers.Engine;

/// <summary>What is declared where.</summary>
internal static class Declarations
{
    /// <summary>The types with a part in the file that are inside no other.</summary>
    public static IEnumerable<INamedTypeSymbol> Outermost(SemanticModel file, CancellationToken cancel)
    {
        var root = file.SyntaxTree.GetRoot(cancel);
        var all = root.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).Select(node => node switch
        {
            TypeDeclarationSyntax type => file.GetDeclaredSymbol(type, cancel),
            GlobalStatementSyntax => file.GetDeclaredSymbol(root, cancel)?.ContainingType,
            _ => null,
        });
        return all.OfType<INamedTypeSymbol>().Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default);
    }

    /// <summary>The members with code, in all parts of a type and in the types inside it.</summary>
    /// <remarks>What a driver calls code blocks. It would look at every symbol of the compilation to hand them out, which costs half as much as binding all of it.</remarks>
    public static IEnumerable<(ISymbol Member, SyntaxNode Code)> Of(INamedTypeSymbol outermost, CancellationToken cancel)
    {
        var pending = new Stack<INamedTypeSymbol>();
        pending.Push(outermost);
        while (pending.Count > 0)
            foreach (var member in pending.Pop().GetMembers())
                if (member is INamedTypeSymbol inside)
                    pending.Push(inside);
                else if (Written(member) is { } written)
                    foreach (var part in written.DeclaringSyntaxReferences)
                        if (CodeOf(part.GetSyntax(cancel)) is { } code)
                            yield return (written, code);
    }

    /// <summary>Null for what the compiler has made.</summary>
    private static ISymbol? Written(ISymbol member) => member switch
    {
        IMethodSymbol { PartialImplementationPart: { } body } => body,
        { IsImplicitlyDeclared: true } => null,
        _ => member,
    };

    private static SyntaxNode? CodeOf(SyntaxNode declaration) => declaration switch
    {
        VariableDeclaratorSyntax { Initializer: not null } variable => variable.FirstAncestorOrSelf<BaseFieldDeclarationSyntax>(),
        PropertyDeclarationSyntax { Initializer: not null } or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax { Body: not null }
            or AccessorDeclarationSyntax { ExpressionBody: not null }
            or ArrowExpressionClauseSyntax or CompilationUnitSyntax or TypeDeclarationSyntax { BaseList: not null } => declaration,
        _ => null,
    };
}
