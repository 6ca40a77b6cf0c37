using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The statements that touch the state are put inside <c>lock (guard)</c>, as they are elsewhere; or the state is marked with its guard, and every access is checked.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InconsistentGuardFix))]
public sealed class InconsistentGuardFix() : Fix("TW1001", "Hold the guard", "Mark it [GuardedBy], so that every access is checked")
{
    private protected override Patch? For(Finding finding) => finding.Node is ExpressionSyntax access ? HeldGuard.Around(finding, access) : null;

    private protected override Patch? OtherFor(Finding finding) => finding.Node is ExpressionSyntax access ? GuardMark.On(finding, finding.Symbol(access)) : null;
}
