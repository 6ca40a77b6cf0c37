using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>What follows depends on the result: it is returned, or tested, or what is in the collection is used.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(IgnoredTryResultFix))]
public sealed class IgnoredTryResultFix() : Fix("TW1043", "Use the result")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding is not { Node: InvocationExpressionSyntax { Parent: ExpressionStatementSyntax { Parent: BlockSyntax } step } attempt, Others: [var use] }
            || StatementRun.Siblings(step).SkipWhile(other => other != step).ElementAtOrDefault(1) is not { } next || !next.Span.Contains(use.Span))
            return null;
        return next switch
        {
            ReturnStatementSyntax { Expression: LiteralExpressionSyntax } => Returned(finding, step, next, attempt),
            ReturnStatementSyntax { Expression: IdentifierNameSyntax value }
                when attempt is { Expression: MemberAccessExpressionSyntax { Name: var name }, ArgumentList.Arguments: [_, var stored] }
                    && stored.ToString() == value.ToString() =>
                Returned(finding, step, next, attempt).Replace(name.Span, "GetOrAdd"),
            ExpressionStatementSyntax when IsLast(finding, attempt, next) =>
                finding.Layout.StartsLine(step.GetFirstToken()) && finding.Layout.EndsLine(next.GetLastToken()) ? Tested(finding, step, next, attempt) : null,
            _ => null,
        };
    }

    private static Patch Returned(Finding finding, StatementSyntax step, StatementSyntax next, InvocationExpressionSyntax attempt) =>
        new Patch(finding.Root, TextSpan.FromBounds(step.SpanStart, next.Span.End), alone: true)
            .Before(attempt.SpanStart, "return ")
            .Replace(TextSpan.FromBounds(step.Span.End, next.Span.End), "");

    private static Patch Tested(Finding finding, StatementSyntax step, StatementSyntax next, InvocationExpressionSyntax attempt)
    {
        var indentation = finding.Layout.Indentation(step.SpanStart);
        var end = Layout.EndOfLine(next.GetLastToken());
        return new Patch(finding.Root, TextSpan.FromBounds(step.SpanStart, next.Span.End), alone: true)
            .Before(step.SpanStart, "if (")
            .Replace(TextSpan.FromBounds(attempt.Span.End, step.Span.End), ")" + finding.Layout.OpenBrace(indentation))
            .Indent(TextSpan.FromBounds(step.Span.End, end), finding.Layout.Step(step))
            .After(end, finding.Layout.NewLine + indentation + "}");
    }

    /// <summary>Nothing later uses what came out of the attempt.</summary>
    private static bool IsLast(Finding finding, InvocationExpressionSyntax attempt, StatementSyntax next) =>
        attempt.ArgumentList.Arguments.LastOrDefault()?.Expression is DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax { Identifier.ValueText: var name } }
        && !StatementRun.Siblings(next).SkipWhile(other => other != next).Skip(1)
            .SelectMany(static statement => statement.DescendantTokens()).Any(token => token.ValueText == name);
}
