using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>Every access to the value is made under the lock that the type has; or the value is in an object, which is replaced in one step.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TornAccessFix))]
public sealed class TornAccessFix() : Fix("TW1017", "Lock every access", "Keep it in an immutable object")
{
    private protected override Patch? For(Finding finding) =>
        finding.Node is ExpressionSyntax access && finding.Symbol(access) is IFieldSymbol field ? OwnGate.Around(finding, field) : null;

    private protected override Patch? OtherFor(Finding finding) => BoxedField.For(finding);
}
