using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The <c>if</c> that does nothing but wait becomes a <c>while</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(WaitOutsideLoopFix))]
public sealed class WaitOutsideLoopFix() : Fix("TW2024", "Test the condition again after the wait")
{
    private protected override Patch? For(Finding finding) =>
        finding["repeat"] == "true"
        && finding.Node.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax wait
        && Around(wait) is { Else: null } test && IsNothingBut(test.Statement, wait)
        && !Function.Nodes(test.Condition).Any(node => node is DeclarationExpressionSyntax or DeclarationPatternSyntax)
            ? finding.Patch(test).Replace(test.IfKeyword.Span, "while")
            : null;

    private static IfStatementSyntax? Around(StatementSyntax wait) => wait.Parent as IfStatementSyntax ?? wait.Parent?.Parent as IfStatementSyntax;

    private static bool IsNothingBut(StatementSyntax body, StatementSyntax wait) => body == wait || body is BlockSyntax { Statements: [var only] } && only == wait;
}
