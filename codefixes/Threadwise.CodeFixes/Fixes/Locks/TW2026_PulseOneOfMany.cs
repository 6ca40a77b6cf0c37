using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>All who wait are woken.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PulseOneOfManyFix))]
public sealed class PulseOneOfManyFix() : Fix("TW2026", "Wake all who wait")
{
    private protected override Patch? For(Finding finding) =>
        finding.Node is InvocationExpressionSyntax { Expression: var called } && (called as MemberAccessExpressionSyntax)?.Name is var name
            && (name ?? called as SimpleNameSyntax) is { Identifier.ValueText: "Pulse" } pulse
            ? finding.Patch(finding.Node).Replace(pulse.Span, "PulseAll")
            : null;
}
