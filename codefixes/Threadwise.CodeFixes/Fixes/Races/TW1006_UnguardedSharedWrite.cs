using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>Every change of a number becomes a call that makes it in one step; every access to other state is made under the lock that the type has, or under its first one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnguardedSharedWriteFix))]
public sealed class UnguardedSharedWriteFix() : Fix("TW1006", "Change it in one step, or lock every access")
{
    private protected override Patch? For(Finding finding) => AtomicChange.OfField(finding)
        ?? (finding.Node is ExpressionSyntax access && finding.Symbol(access) is IFieldSymbol field
            ? OwnGate.Around(finding, field) ?? FirstGate.For(finding, field)
            : null);
}
