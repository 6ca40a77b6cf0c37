using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The empty lock statement is removed, with its lines.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(EmptyCriticalSectionFix))]
public sealed class EmptyCriticalSectionFix() : Fix("TW2028", "Remove the empty lock statement")
{
    private protected override Patch? For(Finding finding) =>
        finding.Node.FirstAncestorOrSelf<LockStatementSyntax>() is { Statement: BlockSyntax, Parent: BlockSyntax or SwitchSectionSyntax } section
            && StatementRun.Siblings(section).Count > (section.Parent is BlockSyntax ? 0 : 1)
            ? finding.Patch(section).Replace(Lines(finding.Layout, section), "")
            : null;

    /// <summary>The statement with the lines that it has for itself.</summary>
    private static TextSpan Lines(Layout layout, LockStatementSyntax section)
    {
        var (first, last) = (section.GetFirstToken(), section.GetLastToken());
        return layout.StartsLine(first) && last.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)
            ? TextSpan.FromBounds(layout.StartOfLine(first), last.FullSpan.End)
            : TextSpan.FromBounds(section.SpanStart, last.FullSpan.End);
    }
}
