using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Threadwise.Analyzers.Engine;

/// <summary>The member whose value a parameterless property or method hands out, read off its declaration.</summary>
internal static class Getter
{
    /// <summary>The field behind <c>Gate =&gt; _gate</c>; the property itself if it stores its own value; null if it computes one.</summary>
    public static ISymbol? Behind(IPropertySymbol property, CancellationToken cancel)
    {
        if (Promised(property) is { } promised)
            return promised;
        if (property.DeclaringSyntaxReferences.IsEmpty)
            return property;
        return property.DeclaringSyntaxReferences[0].GetSyntax(cancel) switch
        {
            PropertyDeclarationSyntax { ExpressionBody.Expression: var value } => Named(property.ContainingType, value),
            PropertyDeclarationSyntax { AccessorList.Accessors: var accessors } => Behind(property, accessors),
            ParameterSyntax => property,
            _ => null,
        };
    }

    private static ISymbol? Behind(IPropertySymbol property, SyntaxList<AccessorDeclarationSyntax> accessors)
    {
        var getter = accessors.FirstOrDefault(accessor => accessor.IsKind(SyntaxKind.GetAccessorDeclaration));
        if (getter is { Body: null, ExpressionBody: null })
            return property;
        var value = getter?.ExpressionBody?.Expression
            ?? (getter?.Body?.Statements is { Count: 1 } body && body[0] is ReturnStatementSyntax { Expression: { } returned } ? returned : null);
        return value is null ? null : Named(property.ContainingType, value);
    }

    /// <summary><c>Gate =&gt; new object()</c>: every reading gives another object.</summary>
    public static bool IsMadeAnew(IPropertySymbol property, CancellationToken cancel) =>
        property.DeclaringSyntaxReferences is [var declaration, ..]
        && declaration.GetSyntax(cancel) is PropertyDeclarationSyntax { ExpressionBody.Expression: BaseObjectCreationExpressionSyntax };

    /// <summary>What an annotation on the member says it hands out.</summary>
    public static ISymbol? Promised(ISymbol member) =>
        Annotation.Argument(member, "ReturnsLock") is { } name ? Member(member.ContainingType, name) : null;

    private static ISymbol? Named(INamedTypeSymbol type, ExpressionSyntax value) => value switch
    {
        IdentifierNameSyntax { Identifier.ValueText: var name } => Member(type, name),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var name } => Member(type, name),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression, Operand: var inner } => Named(type, inner),
        _ => null,
    };

    private static ISymbol? Member(INamedTypeSymbol type, string name)
    {
        for (var t = type; t is not null; t = t.BaseType)
            if (t.GetMembers(name).FirstOrDefault(member => member is IFieldSymbol) is { } field)
                return field;
        return null;
    }
}
