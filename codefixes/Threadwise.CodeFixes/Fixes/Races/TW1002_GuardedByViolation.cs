using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The statements that touch members of one guard are put inside <c>lock (guard)</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(GuardedByViolationFix))]
public sealed class GuardedByViolationFix() : Fix("TW1002", "Hold the guard")
{
    private protected override Patch? For(Finding finding) => finding.Node is ExpressionSyntax access ? HeldGuard.Around(finding, access) : null;
}
