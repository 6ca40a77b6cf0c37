using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>Code put inside a <c>lock</c> statement, laid out like the code around it.</summary>
internal static class LockBlock
{
    /// <summary>C# 13: before it, a lock statement over a <c>System.Threading.Lock</c> locks its monitor instead. The name is newer than the compiler.</summary>
    public const LanguageVersion KnowsLockType = (LanguageVersion)1300;

    /// <summary>A lock statement over this expression, written here, takes the lock that the expression stands for.</summary>
    public static bool Takes(Finding finding, int position, ExpressionSyntax @lock) =>
        finding.Model.GetSpeculativeTypeInfo(position, @lock, SpeculativeBindingOption.BindAsExpression).Type is { IsReferenceType: true } type
        && (finding.Facts.About(type, Effect.Lock) is null || (type.Name == "Lock" && finding.Speaks(KnowsLockType)));

    /// <summary>The lock statement that holds nothing but this one.</summary>
    public static LockStatementSyntax? Holder(LockStatementSyntax inner) => inner.Parent switch
    {
        LockStatementSyntax outer => outer,
        BlockSyntax { Statements.Count: 1, Parent: LockStatementSyntax outer } => outer,
        _ => null,
    };

    /// <summary>The statements inside a lock: on lines of their own where they have them, else on the same line.</summary>
    public static Patch? Around(Finding finding, StatementRun run, string @lock) => Inside(finding, run, $"lock ({@lock})");

    /// <summary>The same inside a statement with another head.</summary>
    public static Patch? Inside(Finding finding, StatementRun run, string head)
    {
        var layout = finding.Layout;
        var patch = new Patch(finding.Root, run.Span, alone: true);
        if (!layout.StartsLine(run.First) || !layout.EndsLine(run.Last))
            return run.Declare(patch, " ") is { } inline ? patch.Before(run.First.SpanStart, $"{inline}{head} {{ ").After(run.Last.Span.End, " }") : null;

        var indentation = layout.Indentation(run.First.SpanStart);
        var line = layout.NewLine + indentation;
        var step = layout.Step(run.First.Parent!);
        var end = Layout.EndOfLine(run.Last);
        return run.Declare(patch, line) is { } declarations
            ? patch.Before(run.First.SpanStart, $"{declarations}{head}{layout.OpenBrace(indentation)}{line}{step}")
                .After(end, line + "}")
                .Indent(TextSpan.FromBounds(run.First.SpanStart, end), step)
            : null;
    }

    /// <summary><c>=> x</c> becomes a block that returns, or just evaluates, the expression inside a lock.</summary>
    public static Patch Around(Finding finding, ArrowExpressionClauseSyntax body, string @lock, bool returns)
    {
        var member = body.Parent!;
        var semicolon = member.GetLastToken();
        var heads = member is BasePropertyDeclarationSyntax ? new[] { "get", $"lock ({@lock})" } : [$"lock ({@lock})"];
        var patch = new Patch(finding.Root, member.Span, alone: true);
        var before = TextSpan.FromBounds(body.ArrowToken.GetPreviousToken().Span.End, body.Expression.SpanStart);
        var result = returns ? "return " : "";
        if (!finding.Layout.StartsLine(member.GetFirstToken()) || !finding.Layout.EndsLine(semicolon))
            return patch.Replace(before, " { " + string.Concat(heads.Select(head => head + " { ")) + result)
                .After(semicolon.Span.End, string.Concat(heads.Select(_ => " }")) + " }");

        var layout = finding.Layout;
        var step = layout.Step(member);
        var indentation = layout.Indentation(member.SpanStart);
        var (open, close, shift) = (layout.OpenBrace(indentation), layout.NewLine + indentation + "}", step);
        foreach (var head in heads)
        {
            open += layout.NewLine + indentation + shift + head + layout.OpenBrace(indentation + shift);
            close = layout.NewLine + indentation + shift + "}" + close;
            shift += step;
        }

        return patch.Replace(before, open + layout.NewLine + indentation + shift + result)
            .After(Layout.EndOfLine(semicolon), close)
            .Indent(TextSpan.FromBounds(body.Expression.SpanStart, semicolon.Span.End), shift);
    }

    /// <summary><c>x => y</c> becomes <c>x => { lock (…) { return y; } }</c>.</summary>
    public static Patch Around(Finding finding, LambdaExpressionSyntax lambda, string @lock, bool returns) =>
        new Patch(finding.Root, lambda.Span, alone: true)
            .Before(lambda.Body.SpanStart, $"{{ lock ({@lock}) {{ {(returns ? "return " : "")}")
            .After(lambda.Body.Span.End, "; } }");
}
