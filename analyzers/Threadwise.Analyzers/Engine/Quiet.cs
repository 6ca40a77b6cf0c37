using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Analyzers.Engine;

/// <summary>A method that throws nothing, read off its declaration: it only moves values between variables of its own object and computes with them.</summary>
internal static class Quiet
{
    public static bool Is(IMethodSymbol method, CancellationToken cancel) =>
        method.DeclaringSyntaxReferences.Length == 1 && method.DeclaringSyntaxReferences[0].GetSyntax(cancel) switch
        {
            MethodDeclarationSyntax declared => IsHarmless((SyntaxNode?)declared.Body ?? declared.ExpressionBody),
            LocalFunctionStatementSyntax declared => IsHarmless((SyntaxNode?)declared.Body ?? declared.ExpressionBody),
            _ => false,
        };

    private static bool IsHarmless(SyntaxNode? body) => body is not null && body.DescendantNodesAndSelf().All(node => node switch
    {
        BinaryExpressionSyntax binary => !Divides(binary.Kind()) && !binary.IsKind(SyntaxKind.AsExpression),
        AssignmentExpressionSyntax assignment => !Divides(assignment.Kind()),
        MemberAccessExpressionSyntax access => access.Expression is ThisExpressionSyntax,
        CastExpressionSyntax cast => cast.Type is PredefinedTypeSyntax type && !type.Keyword.IsKind(SyntaxKind.StringKeyword),
        BlockSyntax or ArrowExpressionClauseSyntax or ExpressionStatementSyntax or ReturnStatementSyntax or IfStatementSyntax or ElseClauseSyntax => true,
        LocalDeclarationStatementSyntax local => local.UsingKeyword.IsKind(SyntaxKind.None),
        VariableDeclarationSyntax or VariableDeclaratorSyntax or EqualsValueClauseSyntax or TypeSyntax => true,
        LiteralExpressionSyntax or ThisExpressionSyntax or ParenthesizedExpressionSyntax or ConditionalExpressionSyntax
            or PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax => true,
        _ => false,
    });

    private static bool Divides(SyntaxKind kind) =>
        kind is SyntaxKind.DivideExpression or SyntaxKind.ModuloExpression or SyntaxKind.DivideAssignmentExpression or SyntaxKind.ModuloAssignmentExpression;
}
