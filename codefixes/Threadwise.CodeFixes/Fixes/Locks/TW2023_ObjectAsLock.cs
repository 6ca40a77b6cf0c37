using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The field gets the type that says what it is for.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ObjectAsLockFix))]
public sealed class ObjectAsLockFix() : Fix("TW2023", "Make the field a Lock")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding.Node is not VariableDeclaratorSyntax { Initializer.Value: var value,
            Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: FieldDeclarationSyntax field } declaration } variable
            || Facts.LockTypeOfStatement(finding.Model.Compilation)?.ToMinimalDisplayString(finding.Model, declaration.SpanStart) is not { } type
            || !OnlyLocked(finding, variable))
            return null;
        var patch = finding.Patch(field).Replace(declaration.Type.Span, type);
        return value is ObjectCreationExpressionSyntax creation ? patch.Replace(creation.Type.Span, type) : patch;
    }

    /// <summary>No part of the type names it in another way, and no other build may.</summary>
    private static bool OnlyLocked(Finding finding, VariableDeclaratorSyntax variable) =>
        finding.Model.GetDeclaredSymbol(variable, finding.Cancel) is { } field
        && field.ContainingType.DeclaringSyntaxReferences.Select(part => part.GetSyntax(finding.Cancel)).All(part =>
            part.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == field.Name)
                .All(token => token == variable.Identifier || IsLocked(token))
            && !part.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia) && trivia.ToString().Contains(field.Name)));

    private static bool IsLocked(SyntaxToken name)
    {
        var expression = name.Parent!;
        while (expression.Parent is MemberAccessExpressionSyntax access && access.Name == expression || expression.Parent is ParenthesizedExpressionSyntax)
            expression = expression.Parent;
        return expression.Parent is LockStatementSyntax;
    }
}
