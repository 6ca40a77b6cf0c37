using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>A private static field gets its value when it is first asked for, and no longer while the type is initialized.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BlockingTypeInitializerFix))]
public sealed class BlockingTypeInitializerFix() : Fix("TW2030", "Compute the value when it is first used")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding.Node.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is not { Initializer.Value: var value,
            Parent: VariableDeclarationSyntax { Variables.Count: 1, Type: var type, Parent: FieldDeclarationSyntax } } variable
            || finding.Model.GetDeclaredSymbol(variable,
                finding.Cancel) is not IFieldSymbol { IsReadOnly: true, DeclaredAccessibility: Accessibility.Private,
                    ContainingType.DeclaringSyntaxReferences.Length: 1 } field
            || value is not InvocationExpressionSyntax and not MemberAccessExpressionSyntax)
            return null;
        var outer = variable.FirstAncestorOrSelf<TypeDeclarationSyntax>()!;
        var uses = outer.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => IsUse(finding, name, field)).ToList();
        if (uses.Any(use => IsNeededBy(finding, use, value) || !IsRead(use)))
            return null;
        var lazy = finding.Model.Compilation.GetTypeByMetadataName("System.Lazy`1")!.Construct(field.Type).ToMinimalDisplayString(finding.Model, type.SpanStart);
        var patch = new Patch(finding.Root, outer.Span, alone: true)
            .Replace(type.Span, lazy)
            .Before(value.SpanStart, finding.Speaks(LanguageVersion.CSharp9) ? "new(() => " : $"new {lazy}(() => ")
            .After(value.Span.End, ")");
        foreach (var use in uses)
            patch.After(use.Span.End, ".Value");
        return patch;
    }

    private static bool IsUse(Finding finding, IdentifierNameSyntax name, IFieldSymbol field) =>
        name.Identifier.ValueText == field.Name && SymbolEqualityComparer.Default.Equals(finding.Symbol(name)?.OriginalDefinition, field);

    /// <summary>The work itself, or a method it names, asks for the value: it would wait for itself.</summary>
    private static bool IsNeededBy(Finding finding, SyntaxNode use, ExpressionSyntax value) =>
        value.Span.Contains(use.Span)
        || use.AncestorsAndSelf().OfType<FieldDeclarationSyntax>().Any()
        || use.FirstAncestorOrSelf<BaseMethodDeclarationSyntax>() is { } method && finding.Model.GetDeclaredSymbol(method, finding.Cancel) is { } owner
            && value.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => SymbolEqualityComparer.Default.Equals(finding.Symbol(name)?.OriginalDefinition, owner));

    private static bool IsRead(IdentifierNameSyntax use)
    {
        ExpressionSyntax whole = use.Parent is MemberAccessExpressionSyntax access && access.Name == use ? access : use;
        return whole.Parent is not (ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or RefExpressionSyntax
            or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression })
            && !whole.Ancestors().OfType<InvocationExpressionSyntax>().Any(call => call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" });
    }
}
