using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>A method whose task is over when it returns, read off its declaration: it is async and awaits nothing, or returns nothing but complete tasks.</summary>
internal static class AtOnce
{
    public static bool Is(IMethodSymbol method) =>
        method.DeclaringSyntaxReferences is [var reference] && reference.GetSyntax() is MethodDeclarationSyntax declared
        && (method.IsAsync
            ? !declared.DescendantTokens(IsOwn).Any(static token => token.IsKind(SyntaxKind.AwaitKeyword))
            : Returned(declared) is { Count: > 0 } all && all.All(IsOver));

    private static bool IsOwn(SyntaxNode node) => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);

    private static List<ExpressionSyntax?> Returned(MethodDeclarationSyntax declared) =>
        declared.ExpressionBody is { Expression: var value }
            ? [value]
            : declared.DescendantNodes(IsOwn).OfType<ReturnStatementSyntax>().Select(static statement => statement.Expression).ToList();

    private static bool IsOver(ExpressionSyntax? value) => value switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: Shapes.Over } => true,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: Shapes.OverWith } } => true,
        _ => false,
    };
}
