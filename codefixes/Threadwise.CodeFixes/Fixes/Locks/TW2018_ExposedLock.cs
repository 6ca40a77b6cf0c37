using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>A private object that is there for nothing else is locked instead, everywhere.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ExposedLockFix))]
public sealed class ExposedLockFix() : Fix("TW2018", "Lock a private object")
{
    private protected override Patch? For(Finding finding) =>
        finding.Node is ExpressionSyntax locked ? GateField.InsteadOf(finding, locked) : null;
}
