using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>A wait at the end of the lock follows it: the work gets the lock and comes to its end.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WaitForLockedWorkFix))]
public sealed class WaitForLockedWorkFix() : Fix("TW2009", "Wait after the lock")
{
    private protected override Patch? For(Finding finding) =>
        LastInLock.Of(finding) is { } last && last.Copies.Cover(last.Value) ? last.Out() : null;
}
