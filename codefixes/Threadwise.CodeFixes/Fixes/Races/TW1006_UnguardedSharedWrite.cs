using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>Every change of the number that reads and writes it becomes a call that makes it in one step.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnguardedSharedWriteFix))]
public sealed class UnguardedSharedWriteFix() : Fix("TW1006", "Change it in one step")
{
    private protected override Patch? For(Finding finding) => AtomicChange.OfField(finding);
}
