using Microsoft.CodeAnalysis.CodeFixes;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>What stands between taking a lock and giving it back goes into a <c>lock</c> statement, or into a <c>try</c> whose <c>finally</c> gives it back.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LockNotReleasedFix))]
public sealed class LockNotReleasedFix() : Fix("TW2013", "Give the lock back on every path")
{
    private protected override Patch? For(Finding finding)
    {
        if (LockCall.Of(finding, finding.Node) is not { Fact: { Effect: Effect.Acquires, Flag: null, ReturnsScope: false } } taken
            || Statement(taken) is not { } take)
            return null;
        var siblings = StatementRun.Siblings(take).ToList();
        var start = siblings.IndexOf(take) + 1;
        var end = siblings.FindIndex(start, statement => Releases(finding, taken, statement));
        var tried = siblings.FindIndex(start, statement => statement is TryStatementSyntax { Catches.Count: 0, Finally: { } last }
            && last.Block.Statements.Any(inner => Releases(finding, taken, inner)));
        var stop = end < 0 || (tried >= 0 && tried < end) ? tried : end;
        if (stop <= start)
            return null;

        var run = new StatementRun(finding, siblings.GetRange(start, stop - start));
        if (!run.MayMove || run.Nodes.Any(node => LockCall.Of(finding, node) is { } call && (call.Releases(taken) || taken.IsSameLock(call)))
            || HasConditionalDirective(finding, take, siblings[stop]))
            return null;
        return siblings[stop] is TryStatementSyntax guarded ? Into(finding, take, run, guarded)
            : taken.IsThatOfStatement(finding) && !run.Awaits && !run.Yields ? Locked(finding, taken, take, run, siblings[stop])
            : Tried(finding, take, run, siblings[stop]);
    }

    /// <summary>The statement that does nothing but take the lock.</summary>
    private static ExpressionStatementSyntax? Statement(LockCall taken)
    {
        SyntaxNode node = taken.Call;
        while (node.Parent is AwaitExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.Text: "ConfigureAwait" }
            or InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "ConfigureAwait" } })
            node = node.Parent;
        return node.Parent as ExpressionStatementSyntax;
    }

    private static bool Releases(Finding finding, LockCall taken, StatementSyntax statement) =>
        statement is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } && LockCall.Of(finding, call)?.Releases(taken) == true;

    private static bool HasConditionalDirective(Finding finding, SyntaxNode from, SyntaxNode to) =>
        finding.Root.DescendantTrivia(TextSpan.FromBounds(from.Span.End, to.SpanStart))
            .Any(trivia => trivia.SpanStart >= from.Span.End && trivia.SpanStart < to.SpanStart && StatementRun.IsConditional(trivia));

    /// <summary><c>Monitor.Enter(x); … Monitor.Exit(x);</c> becomes <c>lock (x) { … }</c>.</summary>
    private static Patch? Locked(Finding finding, LockCall taken, StatementSyntax take, StatementRun run, StatementSyntax release)
    {
        var (layout, patch) = (finding.Layout, Between(finding, take, release));
        var (line, step) = Lines(finding, take, release);
        if (run.Declare(patch, line) is not { } declarations)
            return null;
        patch.Before(take.SpanStart, declarations).Replace(take.Span, $"lock ({taken.Lock})").Replace(release.Span, "}");
        return step is null
            ? patch.After(take.Span.End, " {")
            : patch.After(layout.EndOfHead(take.GetLastToken()), layout.OpenBrace(layout.Indentation(take.SpanStart))).Indent(Inside(finding, take, release), step);
    }

    private static Patch? Tried(Finding finding, StatementSyntax take, StatementRun run, StatementSyntax release)
    {
        var (layout, patch) = (finding.Layout, Between(finding, take, release));
        var (line, step) = Lines(finding, take, release);
        if (run.Declare(patch, line) is not { } declarations)
            return null;
        patch.Before(take.SpanStart, declarations);
        if (step is null)
            return patch.After(take.Span.End, " try {").Before(release.SpanStart, "} finally { ").After(release.Span.End, " }");
        var indentation = layout.Indentation(take.SpanStart);
        return patch.After(Layout.EndOfLine(take.GetLastToken()), line + "try" + layout.OpenBrace(indentation))
            .Before(release.SpanStart, "}" + layout.Continue(indentation, "finally") + line + step)
            .After(Layout.EndOfLine(release.GetLastToken()), line + "}")
            .Indent(Inside(finding, take, release), step);
    }

    /// <summary>The start of the <c>try</c> that gives the lock back moves up to where the lock is taken.</summary>
    private static Patch? Into(Finding finding, StatementSyntax take, StatementRun run, TryStatementSyntax guarded)
    {
        var (layout, patch) = (finding.Layout, Between(finding, take, guarded));
        var (line, step) = Lines(finding, take, guarded);
        var open = guarded.Block.OpenBraceToken;
        if (step is null || !layout.EndsLine(open) || run.Declare(patch, line, guarded) is not { } declarations)
            return null;
        return patch.Before(take.SpanStart, declarations)
            .After(Layout.EndOfLine(take.GetLastToken()), line + "try" + layout.OpenBrace(layout.Indentation(take.SpanStart)))
            .Replace(TextSpan.FromBounds(layout.StartOfLine(guarded.TryKeyword), open.FullSpan.End), "")
            .Indent(Inside(finding, take, guarded), step);
    }

    private static Patch Between(Finding finding, StatementSyntax take, StatementSyntax release) =>
        new(finding.Root, TextSpan.FromBounds(take.SpanStart, release.Span.End), alone: false);

    /// <summary>A line end with the statements' indentation, and one step of it; a blank and no step where they share a line.</summary>
    private static (string Line, string? Step) Lines(Finding finding, StatementSyntax take, StatementSyntax release)
    {
        var layout = finding.Layout;
        var apart = new[] { take, release }.All(statement => layout.StartsLine(statement.GetFirstToken()) && layout.EndsLine(statement.GetLastToken()));
        return apart ? (layout.NewLine + layout.Indentation(take.SpanStart), layout.Step(take)) : (" ", null);
    }

    private static TextSpan Inside(Finding finding, StatementSyntax take, StatementSyntax release) =>
        TextSpan.FromBounds(take.Span.End, finding.Layout.StartOfLine(release.GetFirstToken()));
}
