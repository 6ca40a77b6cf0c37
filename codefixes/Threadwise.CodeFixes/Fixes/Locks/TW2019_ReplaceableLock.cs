using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The field becomes readonly; where its object is replaced because it is data, a private object that is not is locked instead.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReplaceableLockFix))]
public sealed class ReplaceableLockFix() : Fix("TW2019", "Lock an object that stays")
{
    private protected override Patch? For(Finding finding) =>
        finding.Node is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Parent: FieldDeclarationSyntax field } declaration } variable ? null
        : finding["kind"] == "readonly" ? ReadOnly(finding, field)
        : finding.Model.GetTypeInfo(declaration.Type, finding.Cancel).Type is { SpecialType: SpecialType.System_Object } ? null
        : Locked(finding, variable) is { } locked ? GateField.InsteadOf(finding, locked)
        : null;

    private static Patch? ReadOnly(Finding finding, FieldDeclarationSyntax field) =>
        field.Declaration.Variables.Count == 1 && !field.Modifiers.Any(SyntaxKind.VolatileKeyword)
            ? finding.Patch(field).Before(field.Declaration.Type.SpanStart, "readonly ")
            : null;

    private static ExpressionSyntax? Locked(Finding finding, VariableDeclaratorSyntax variable) =>
        finding.Model.GetDeclaredSymbol(variable, finding.Cancel) is { } field
            ? LockOperands.Of(finding.Model.Compilation, finding.Cancel)
                .FirstOrDefault(operand => operand.Names(field) && operand.Expression.SyntaxTree == finding.Root.SyntaxTree)?.Expression
            : null;
}
