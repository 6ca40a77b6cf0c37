using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>Every change of the field that reads and writes it becomes a call that makes it in one step.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NonAtomicVolatileUpdateFix))]
public sealed class NonAtomicVolatileUpdateFix() : Fix("TW1009", "Change it in one step")
{
    private protected override Patch? For(Finding finding) => AtomicChange.OfField(finding);
}
