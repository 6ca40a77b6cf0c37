using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>A private method that waits for a task becomes async with all who call it, up to code that is async by now or that the pool runs.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SyncOverAsyncFix))]
public sealed class SyncOverAsyncFix() : Fix("TW3008", "Make it async with its callers")
{
    private protected override Patch? For(Finding finding) => AsyncChain.To(finding, finding.Node, "wait", "");
}
