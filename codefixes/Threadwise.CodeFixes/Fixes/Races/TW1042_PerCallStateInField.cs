using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>Each call keeps the value in a variable of its own and hands it to the private methods that need it; the field goes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PerCallStateInFieldFix))]
public sealed class PerCallStateInFieldFix() : Fix("TW1042", "Hand it on as a parameter")
{
    private protected override Patch? For(Finding finding) =>
        finding.Node is ExpressionSyntax written && finding.Symbol(written) is IFieldSymbol field && CallState.Of(finding, field) is { } state ? state.HandedOn() : null;
}
