using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The test that led to the lock is repeated inside.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CheckNotRepeatedUnderLockFix))]
public sealed class CheckNotRepeatedUnderLockFix() : Fix("TW1040", "Test again inside the lock")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding.Others is not [var named, ..]
            || named.FirstAncestorOrSelf<LockStatementSyntax>() is not { Statement: BlockSyntax { Statements.Count: > 0 } inside } section
            || finding.Node.Ancestors().FirstOrDefault(node => node is StatementSyntax) is not StatementSyntax test
            || ConditionOf(test) is not { } condition || !MayRepeat(finding, condition))
            return null;
        return test.Span.Contains(section.Span) ? Around(finding, inside, condition) : test is IfStatementSyntax branch ? Again(finding, inside, branch) : null;
    }

    private static ExpressionSyntax? ConditionOf(StatementSyntax test) => test switch
    {
        IfStatementSyntax { Else: null } branch => branch.Condition,
        WhileStatementSyntax loop => loop.Condition,
        _ => null,
    };

    /// <summary>Asking twice does no more than asking once.</summary>
    private static bool MayRepeat(Finding finding, ExpressionSyntax condition) => condition.DescendantNodesAndSelf().All(node => node switch
    {
        AssignmentExpressionSyntax or AwaitExpressionSyntax or DeclarationExpressionSyntax or SingleVariableDesignationSyntax or AnonymousFunctionExpressionSyntax
            or BaseObjectCreationExpressionSyntax => false,
        PostfixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression } => false,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } => false,
        InvocationExpressionSyntax call => finding.Symbol(call) is { } called && finding.Facts.About(called, Effect.Reads) is not null,
        _ => true,
    });

    /// <summary>What is done is done only if it is still to do.</summary>
    private static Patch? Around(Finding finding, BlockSyntax inside, ExpressionSyntax condition) =>
        new StatementRun(finding, [.. inside.Statements]) is { MayMove: true } run ? LockBlock.Inside(finding, run, $"if ({condition})") : null;

    /// <summary>Who came in vain leaves, as before the lock.</summary>
    private static Patch? Again(Finding finding, BlockSyntax inside, IfStatementSyntax test)
    {
        var layout = finding.Layout;
        var first = inside.Statements[0].GetFirstToken();
        if (test.DescendantTrivia().Any(trivia => !Layout.IsBlank(trivia) && test.Span.Contains(trivia.Span)))
            return null;
        if (!layout.StartsLine(first))
            return finding.Patch(inside).Before(first.SpanStart, test + " ");
        var indentation = layout.Indentation(first.SpanStart);
        var again = test.ToString().Replace("\n" + layout.Indentation(test.SpanStart), "\n" + indentation);
        var gap = again.Contains('\n') ? layout.NewLine + layout.NewLine : layout.NewLine;
        return finding.Patch(inside).Before(first.SpanStart, again + gap + indentation);
    }
}
