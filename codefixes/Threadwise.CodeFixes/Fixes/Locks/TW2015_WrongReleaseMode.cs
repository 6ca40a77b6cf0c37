using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The lock is left by the exit that belongs to its entrance.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WrongReleaseModeFix))]
public sealed class WrongReleaseModeFix() : Fix("TW2015", "Leave the lock as it was entered")
{
    private protected override Patch? For(Finding finding) =>
        LockCall.Of(finding, finding.Node) is { Name: { } name } release && Enum.TryParse<Mode>(finding["mode"], out var mode)
            && release.NameIn(finding, mode) is { } matching
            ? finding.Patch(finding.Node).Replace(name.Span, matching)
            : null;
}
