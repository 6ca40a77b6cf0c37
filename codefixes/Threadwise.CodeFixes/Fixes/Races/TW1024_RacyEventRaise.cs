using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The event is read once, by <c>?.Invoke</c>; a test that is there for nothing else goes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RacyEventRaiseFix))]
public sealed class RacyEventRaiseFix() : Fix("TW1024", "Raise the event with '?.Invoke'")
{
    private protected override Patch? For(Finding finding) =>
        finding.Node is ExpressionSyntax named && Called(named) is { Parent: ExpressionStatementSyntax statement } call
            ? Instead(finding, named, call, statement) ?? InPlace(finding, named, call)
            : null;

    /// <summary>The call of the event, by its name or by its <c>Invoke</c>.</summary>
    private static InvocationExpressionSyntax? Called(ExpressionSyntax named) => named.Parent switch
    {
        InvocationExpressionSyntax call when call.Expression == named => call,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Invoke", Parent: InvocationExpressionSyntax call } access when access.Expression == named
            && call.Expression == access => call,
        _ => null,
    };

    private static Patch InPlace(Finding finding, ExpressionSyntax named, InvocationExpressionSyntax call) =>
        finding.Patch(call).Replace(TextSpan.FromBounds(named.Span.End, call.ArgumentList.SpanStart), "?.Invoke");

    /// <summary>In place of the whole <c>if</c>, where it has nothing else in it.</summary>
    private static Patch? Instead(Finding finding, ExpressionSyntax named, InvocationExpressionSyntax call, StatementSyntax statement)
    {
        var inside = statement.Parent is BlockSyntax { Statements.Count: 1 } block ? block : statement;
        if (inside.Parent is not IfStatementSyntax { Else: null } test || test.Statement != inside || test.Parent is ElseClauseSyntax
            || !test.Condition.DescendantNodes().Any(node => SyntaxFactory.AreEquivalent(node, named))
            || test.Condition is not (BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression } or IsPatternExpressionSyntax))
            return null;
        var patch = finding.Patch(test)
            .Replace(TextSpan.FromBounds(test.SpanStart, statement.SpanStart), "")
            .Replace(TextSpan.FromBounds(named.Span.End, call.ArgumentList.SpanStart), "?.Invoke");
        if (statement != inside)
            patch.Replace(TextSpan.FromBounds(statement.Span.End, test.Span.End), "");
        return patch.IsSafe ? patch : null;
    }
}
