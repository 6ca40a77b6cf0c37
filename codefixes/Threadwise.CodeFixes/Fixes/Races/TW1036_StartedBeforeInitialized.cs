using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The work is started when what it reads is there.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StartedBeforeInitializedFix))]
public sealed class StartedBeforeInitializedFix() : Fix("TW1036", "Start it last")
{
    private protected override Patch? For(Finding finding) =>
        finding.Others is [var assigned, _] ? LaterStatement.Behind(finding, finding.Node, assigned, statement => LaterStatement.WritesMember(finding, statement)) : null;
}
