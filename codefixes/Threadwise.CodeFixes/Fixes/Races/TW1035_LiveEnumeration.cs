using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The loop goes through a copy.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LiveEnumerationFix))]
public sealed class LiveEnumerationFix() : Fix("TW1035", "Go through a copy")
{
    private protected override Patch? For(Finding finding) =>
        finding.Node is ExpressionSyntax { Parent: CommonForEachStatementSyntax loop } collection && loop.Expression == collection
            ? finding.Patch(collection).After(collection.Span.End, ".ToArray()")
            : null;
}
