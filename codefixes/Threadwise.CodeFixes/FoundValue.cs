namespace Threadwise.CodeFixes;

/// <summary>The question whether a key is there is asked so that it gives the value as well, which is then used.</summary>
internal static class FoundValue
{
    public static Patch? For(Finding finding)
    {
        if (finding.Others![0] is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access,
            ArgumentList.Arguments: [var key, ..] arguments } query || KeyedCall.Of(query) is not { } asked || Region(query) is not { } region)
            return null;
        var reads = region.SelectMany(static code => code.DescendantNodesAndSelf()).Where(asked.IsItem).ToList();
        if (!reads.Contains(finding.Node)
            || reads.Any(static read => read.Parent is AssignmentExpressionSyntax assignment && assignment.Left == read
                || read.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 }
                    or PostfixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression }))
            return null;
        var patch = new Patch(finding.Root, TextSpan.FromBounds(query.SpanStart, Math.Max(query.Span.End, reads.Max(static read => read.Span.End))), alone: true);
        var name = asked.Found ?? FreeName.In(Function.Around(query), "value");
        if (arguments.Count == 1)
            patch.Replace(access.Name.Span, "TryGetValue").After(key.Span.End, $", out var {name}");
        else if (asked.Found is null)
            return null;
        foreach (var read in reads)
            patch.Replace(read.Span, name);
        return patch;
    }

    /// <summary>Code that runs only where the key was there.</summary>
    private static IReadOnlyList<SyntaxNode>? Region(InvocationExpressionSyntax query)
    {
        var (condition, isThere) = ((ExpressionSyntax)query, true);
        var region = new List<SyntaxNode>();
        for (; ; )
            switch (condition.Parent)
            {
                case ParenthesizedExpressionSyntax outer:
                    condition = outer;
                    break;
                case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not:
                    (condition, isThere) = (not, !isThere);
                    break;
                case BinaryExpressionSyntax chain when chain.IsKind(isThere ? SyntaxKind.LogicalAndExpression : SyntaxKind.LogicalOrExpression):
                    if (chain.Left == condition)
                        region.Add(chain.Right);
                    condition = chain;
                    break;
                case ConditionalExpressionSyntax choice when choice.Condition == condition:
                    region.Add(isThere ? choice.WhenTrue : choice.WhenFalse);
                    return region;
                case IfStatementSyntax test when isThere:
                    region.Add(test.Statement);
                    return region;
                case IfStatementSyntax { Else: null } test
                    when KeyedCall.Statements(test.Statement) is [.., ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax]:
                    region.AddRange(StatementRun.Siblings(test).SkipWhile(other => other != test).Skip(1));
                    return region;
                default:
                    return region.Count > 0 ? region : null;
            }
    }
}
