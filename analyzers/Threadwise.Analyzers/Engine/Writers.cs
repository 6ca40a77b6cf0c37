using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Analyzers.Engine;

/// <summary>Who writes a member, told by the text of its type: for the few members that it is asked of.</summary>
internal static class Writers
{
    /// <summary>Some function of the type other than the one around this place, and no constructor, assigns it; of one that others can write that is taken for granted.</summary>
    public static bool AreBeside(ISymbol member, Location place)
    {
        if (member is IFieldSymbol { DeclaredAccessibility: not Accessibility.Private } or IPropertySymbol { SetMethod.DeclaredAccessibility: not Accessibility.Private })
            return true;
        var reader = FunctionAround(place.SourceTree!.GetRoot().FindNode(place.SourceSpan));
        return member.ContainingType.DeclaringSyntaxReferences.Any(part => part.GetSyntax().DescendantNodes().Any(node =>
            node is IdentifierNameSyntax name && name.Identifier.ValueText == member.Name && IsWritten(name)
                && FunctionAround(name) is not (null or ConstructorDeclarationSyntax) and var writer && writer != reader));
    }

    private static SyntaxNode? FunctionAround(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(static around => around is MemberDeclarationSyntax or AccessorDeclarationSyntax
            or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);

    private static bool IsWritten(IdentifierNameSyntax name)
    {
        ExpressionSyntax used = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return used.Parent is AssignmentExpressionSyntax assignment && assignment.Left == used
            || used.Parent is PostfixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression }
            || used.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression }
            || used.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 };
    }
}
