namespace Threadwise.CodeFixes;

/// <summary>The function some code belongs to, and the code that is its own rather than that of a function inside it.</summary>
internal static class Function
{
    public static SyntaxNode Around(SyntaxNode node) => node.Ancestors().First(ancestor => Is(ancestor) || ancestor.Parent is null);

    public static bool Is(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax
        or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or BasePropertyDeclarationSyntax or TypeDeclarationSyntax;

    /// <summary>The member the code is part of; for fields and the like the whole type.</summary>
    public static SyntaxNode Member(SyntaxNode node) => node.AncestorsAndSelf()
        .First(ancestor => ancestor is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or TypeDeclarationSyntax or CompilationUnitSyntax);

    /// <summary>The nodes of the code, without what only runs when a function inside it is called.</summary>
    public static IEnumerable<SyntaxNode> Nodes(SyntaxNode code) => code.DescendantNodesAndSelf(node => node == code || !Is(node));
}
