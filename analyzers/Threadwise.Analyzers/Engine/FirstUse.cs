using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>What happens once because its result is kept: a call that stands where a member is asked whether it has a value yet, and gets one.</summary>
internal static class FirstUse
{
    /// <summary>Read off the code around a call of the body, and so asked only of those that lead to a wait.</summary>
    public static bool Is(Body body, TextSpan call) =>
        Is(body.Tree.GetRoot().FindNode(call, getInnermostNodeForTie: true), name => IsMember(body.Symbol.ContainingType, name));

    /// <summary>The type, or what it derives from, has a variable of this name.</summary>
    private static bool IsMember(INamedTypeSymbol? type, string name)
    {
        for (; type is not null; type = type.BaseType)
            foreach (var member in type.GetMembers(name))
                if (member is IFieldSymbol or IPropertySymbol)
                    return true;
        return false;
    }

    private static bool Is(SyntaxNode call, Func<string, bool> isMember)
    {
        for (var (inner, outer) = (call, call.Parent);
            outer is not null and not (MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);
                (inner, outer) = (outer, outer.Parent))
            if (outer switch
            {
                AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } keeps =>
                    keeps.Right == inner && Kept(keeps.Left) is { } name && isMember(name),
                BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } either =>
                    either.Right == inner && Kept(either.Left) is { } name && isMember(name) && Keeps(inner, name),
                IfStatementSyntax test => test.Statement == inner && Asked(test.Condition, isNone: true) is { } name && isMember(name) && Keeps(inner, name),
                BlockSyntax block => inner is StatementSyntax statement && IsBehindReturn(block, statement, isMember),
                _ => false,
            })
                return true;
        return false;
    }

    /// <summary><c>if (_value != null) return _value;</c> stands before it, and behind that the member gets its value.</summary>
    private static bool IsBehindReturn(BlockSyntax block, StatementSyntax statement, Func<string, bool> isMember)
    {
        foreach (var before in block.Statements)
            if (before == statement)
                return false;
            else if (before is IfStatementSyntax { Else: null } test && Asked(test.Condition, isNone: false) is { } name && isMember(name) && Returns(test.Statement)
                && block.Statements.SkipWhile(other => other != statement).Any(other => Keeps(other, name)))
                return true;
        return false;
    }

    private static bool Returns(StatementSyntax statement) => statement is ReturnStatementSyntax or BlockSyntax { Statements: [ReturnStatementSyntax] };

    private static bool Keeps(SyntaxNode code, string name) =>
        code.DescendantNodesAndSelf().Any(node => node is AssignmentExpressionSyntax { Left: var target } && Kept(target) == name);

    /// <summary>The member that a condition asks whether it has a value, or a flag that tells.</summary>
    private static string? Asked(ExpressionSyntax condition, bool isNone) => condition switch
    {
        ParenthesizedExpressionSyntax { Expression: var inner } => Asked(inner, isNone),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Left: var left, Right.RawKind: (int)SyntaxKind.NullLiteralExpression } when isNone =>
            Kept(left),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression, Left: var left, Right.RawKind: (int)SyntaxKind.NullLiteralExpression } when !isNone =>
            Kept(left),
        IsPatternExpressionSyntax { Expression: var left, Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } } when isNone =>
            Kept(left),
        IsPatternExpressionSyntax { Expression: var left,
            Pattern: UnaryPatternSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } } } when !isNone =>
            Kept(left),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: var flag } when isNone => Kept(flag),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: Shapes.Has, Expression: var value } when !isNone => Kept(value),
        IdentifierNameSyntax or MemberAccessExpressionSyntax when !isNone => Kept(condition),
        _ => null,
    };

    private static string? Kept(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax { Identifier.ValueText: var name } => name,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax or IdentifierNameSyntax, Name: IdentifierNameSyntax { Identifier.ValueText: var name } } => name,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: Shapes.Has, Expression: var value } => Kept(value),
        _ => null,
    };
}
