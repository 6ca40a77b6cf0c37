using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The <c>try</c> whose <c>finally</c> gives the lock back begins only after it was taken; a try for it whose result nobody looked at throws when it fails.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReleaseWithoutAcquireFix))]
public sealed class ReleaseWithoutAcquireFix() : Fix("TW2014", "Release only what was taken")
{
    private protected override Patch? For(Finding finding) =>
        LockCall.Of(finding, finding.Node) is not { } release || finding.Others is not [var asked] ? null
        : finding["tried"] == "true" ? Tested(finding, release, asked)
        : Later(finding, release);

    /// <summary>What stands before the request, and the request, leave the <c>try</c>.</summary>
    private static Patch? Later(Finding finding, LockCall release)
    {
        if (finding.Node.Parent is not ExpressionStatementSyntax { Parent: BlockSyntax { Statements.Count: 1,
            Parent: FinallyClauseSyntax { Parent: TryStatementSyntax { Catches.Count: 0, Parent: BlockSyntax or SwitchSectionSyntax } guarded } } })
            return null;
        var statements = guarded.Block.Statements;
        var index = statements.IndexOf(statement => Plain(finding, statement) is { Fact.Flag: null } taken && release.Releases(taken));
        if (index < 0)
            return null;
        var run = new StatementRun(finding, statements.Take(index + 1).ToList());
        return !run.MayMove || run.Yields || run.Nodes.Any(node => LockCall.Of(finding, node) is { Fact.Effect: Effect.Releases }) ? null : Open(finding, guarded, run);
    }

    private static Patch? Open(Finding finding, TryStatementSyntax guarded, StatementRun run)
    {
        var (layout, open, patch) = (finding.Layout, guarded.Block.OpenBraceToken, finding.Patch(guarded, alone: true));
        if (!layout.StartsLine(guarded.TryKeyword) || !layout.EndsLine(open) || !layout.StartsLine(run.First) || !layout.EndsLine(run.Last))
            return layout.EndsLine(open)
                ? null
                : patch.Replace(TextSpan.FromBounds(guarded.TryKeyword.SpanStart, run.First.SpanStart), "").After(run.Last.Span.End, " try {");
        var indentation = layout.Indentation(guarded.SpanStart);
        var step = layout.Step(guarded);
        var end = Layout.EndOfLine(run.Last);
        patch.Replace(TextSpan.FromBounds(layout.StartOfLine(guarded.TryKeyword), open.FullSpan.End), "")
            .After(end, layout.NewLine + indentation + "try" + layout.OpenBrace(indentation));
        return Outdent.Lines(finding, patch, TextSpan.FromBounds(open.FullSpan.End, end), indentation, step) ? patch : null;
    }

    /// <summary>A statement that does nothing but take a lock, waiting as long as needed.</summary>
    private static LockCall? Plain(Finding finding, StatementSyntax statement)
    {
        var call = (statement as ExpressionStatementSyntax)?.Expression;
        if (call is AwaitExpressionSyntax await)
            call = await.Expression;
        if (call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "ConfigureAwait" } configured })
            call = configured.Expression;
        return LockCall.Of(finding, call) is { Fact: { Effect: Effect.Acquires, ReturnsScope: false } } taken ? taken : null;
    }

    private static Patch? Tested(Finding finding, LockCall release, SyntaxNode asked)
    {
        if (asked.FirstAncestorOrSelf<ExpressionStatementSyntax>() is not { Parent: BlockSyntax or SwitchSectionSyntax } statement
            || finding.Node.Ancestors().OfType<TryStatementSyntax>().Any(guarded => guarded.Block.Span.Contains(statement.Span))
            || Function.Nodes(Function.Around(finding.Node)).Count(node => LockCall.Of(finding, node) is { Takes: true } taken && release.Releases(taken)) != 1)
            return null;
        var tried = statement.Expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.Text: "_" }, Right: var right }
            ? right
            : statement.Expression;
        var exception = finding.Model.Compilation.GetTypeByMetadataName("System.TimeoutException")!.ToMinimalDisplayString(finding.Model, statement.SpanStart);
        var layout = finding.Layout;
        var then = layout.StartsLine(statement.GetFirstToken()) && layout.EndsLine(statement.GetLastToken())
            ? layout.NewLine + layout.Indentation(statement.SpanStart) + layout.Step(statement)
            : " ";
        return finding.Patch(statement)
            .Replace(TextSpan.FromBounds(statement.SpanStart, tried.SpanStart), "if (!")
            .Replace(statement.SemicolonToken.Span, $"){then}throw new {exception}();");
    }
}
