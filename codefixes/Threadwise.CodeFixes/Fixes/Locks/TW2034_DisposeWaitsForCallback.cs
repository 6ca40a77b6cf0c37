using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>A registration disposed of at the end of the lock is disposed of after it: its callback gets the lock and comes to its end.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DisposeWaitsForCallbackFix))]
public sealed class DisposeWaitsForCallbackFix() : Fix("TW2034", "Dispose after the lock")
{
    private protected override Patch? For(Finding finding) =>
        LastInLock.Of(finding) is { } last && last.Copies.Cover(last.Value) ? last.Out() : null;
}
