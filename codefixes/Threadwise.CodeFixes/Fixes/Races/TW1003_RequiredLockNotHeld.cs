using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The call is made inside <c>lock (guard)</c>, with the calls and accesses beside it that need the same guard.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RequiredLockNotHeldFix))]
public sealed class RequiredLockNotHeldFix() : Fix("TW1003", "Hold the lock for the call")
{
    private protected override Patch? For(Finding finding) => finding.Node switch
    {
        InvocationExpressionSyntax call => HeldGuard.Around(finding, call.Expression),
        ExpressionSyntax member and (IdentifierNameSyntax or MemberAccessExpressionSyntax) => HeldGuard.Around(finding, member),
        _ => null,
    };
}
