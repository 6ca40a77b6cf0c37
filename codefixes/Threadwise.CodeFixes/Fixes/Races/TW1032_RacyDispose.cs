using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The flag is tested and set in one step, by <c>Interlocked.Exchange</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RacyDisposeFix))]
public sealed class RacyDisposeFix() : Fix("TW1032", "Test and set the flag in one step")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding.Node is not ExpressionSyntax { Parent: AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax { Parent: BlockSyntax block } set } } flag
            || finding.Others is not [ExpressionSyntax tested]
            || finding.Model.Compilation.GetTypeByMetadataName("System.Threading.Interlocked") is not { } interlocked
            || TestBefore(set, block) is not { } test || !IsWhole(test.Condition, tested))
            return null;
        var exchange = $"{interlocked.ToMinimalDisplayString(finding.Model, test.SpanStart)}.Exchange(ref {flag}, true)";
        var patch = new Patch(finding.Root, TextSpan.FromBounds(Math.Min(test.SpanStart, set.SpanStart), Math.Max(test.Span.End, set.Span.End)),
            alone: true).Replace(tested.Span, exchange);
        return patch.Replace(Lines(finding.Layout, set), "");
    }

    /// <summary>The test right before the assignment, or around a block that begins with it.</summary>
    private static IfStatementSyntax? TestBefore(StatementSyntax set, BlockSyntax block)
    {
        var at = block.Statements.IndexOf(set);
        return at > 0 ? block.Statements[at - 1] as IfStatementSyntax
            : block.Parent is IfStatementSyntax around && around.Statement == block && block.Statements.Count > 1 ? around
            : null;
    }

    private static bool IsWhole(ExpressionSyntax condition, ExpressionSyntax tested) =>
        condition == tested || condition is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: var operand } && operand == tested;

    /// <summary>The statement with its lines, and a blank one after it.</summary>
    private static TextSpan Lines(Layout layout, StatementSyntax set)
    {
        var (first, last) = (set.GetFirstToken(), set.GetLastToken());
        return layout.StartsLine(first) && last.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia)
            ? TextSpan.FromBounds(layout.StartOfLine(first), last.FullSpan.End)
            : TextSpan.FromBounds(set.SpanStart, last.FullSpan.End);
    }
}
