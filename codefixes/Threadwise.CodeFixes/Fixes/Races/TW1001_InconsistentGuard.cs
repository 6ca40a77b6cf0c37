using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The statements that touch the state are put inside <c>lock (guard)</c>, as they are elsewhere.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InconsistentGuardFix))]
public sealed class InconsistentGuardFix() : Fix("TW1001", "Hold the guard")
{
    private protected override Patch? For(Finding finding) => finding.Node is ExpressionSyntax access ? HeldGuard.Around(finding, access) : null;
}
