using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>A read-only field becomes changeable; a local, or a property's result, becomes a reference to the lock.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CopiedLockStructFix))]
public sealed class CopiedLockStructFix() : Fix("TW2027", "Use the lock itself")
{
    private protected override Patch? For(Finding finding) => finding["copy"] switch
    {
        "readonly" => finding.Node.FirstAncestorOrSelf<FieldDeclarationSyntax>() is { } field ? Changeable(finding, field) : null,
        "value" => finding.Node is ExpressionSyntax value ? Local(finding, value) ?? Getter(finding, value) : null,
        _ => null,
    };

    private static Patch? Changeable(Finding finding, FieldDeclarationSyntax field) =>
        field is { Declaration.Variables.Count: 1, Modifiers: var modifiers }
            && modifiers.FirstOrDefault(modifier => modifier.IsKind(SyntaxKind.ReadOnlyKeyword)) is { RawKind: not 0 } word
            && finding.Model.GetDeclaredSymbol(field.Declaration.Variables[0], finding.Cancel)?.ContainingType is not { IsReadOnly: true }
            ? finding.Patch(field).Replace(TextSpan.FromBounds(word.SpanStart, word.GetNextToken().SpanStart), "")
            : null;

    /// <summary><c>var a = _lock;</c> becomes <c>ref var a = ref _lock;</c></summary>
    private static Patch? Local(Finding finding, ExpressionSyntax value) =>
        value.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1,
            Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } local } declaration } }
        && finding.Symbol(value) is IFieldSymbol { IsReadOnly: false } or ILocalSymbol or IParameterSymbol { RefKind: RefKind.None or RefKind.Ref }
            ? finding.Patch(local).Before(declaration.Type.SpanStart, "ref ").Before(value.SpanStart, "ref ")
            : null;

    /// <summary><c>SpinLock Gate =&gt; _lock;</c> becomes <c>ref SpinLock Gate =&gt; ref _lock;</c> where nobody outside can depend on it.</summary>
    private static Patch? Getter(Finding finding, ExpressionSyntax value) =>
        value.Parent is ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property } && finding.Symbol(value) is IFieldSymbol { IsReadOnly: false }
        && finding.Model.GetDeclaredSymbol(property, finding.Cancel) is { IsVirtual: false, IsOverride: false, ContainingType.IsValueType: false } symbol
        && symbol.DeclaredAccessibility is Accessibility.Private or Accessibility.Internal or Accessibility.ProtectedAndInternal
            ? finding.Patch(property).Before(property.Type.SpanStart, "ref ").Before(value.SpanStart, "ref ")
            : null;
}
