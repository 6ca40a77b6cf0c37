using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>A use of a lock in asynchronous code that becomes a using statement over an <c>AsyncLock</c>.</summary>
internal static class AsyncLockUse
{
    /// <summary>False for a use that cannot: it cannot await, or gives the lock back in a way of its own.</summary>
    public static bool Convert(Finding finding, Patch patch, ExpressionSyntax use)
    {
        if (use.Parent is LockStatementSyntax held)
        {
            patch.Replace(held.LockKeyword, held.CloseParenToken, Using(finding, use));
            return MayAwait(finding, held, use);
        }

        if (use.FirstAncestorOrSelf<InvocationExpressionSyntax>() is not { Parent: ExpressionStatementSyntax statement } call
            || LockCall.Of(finding, call) is not { Fact.Flag: null } way || !way.Lock.Contains(use))
            return false;
        if (statement is { Parent: BlockSyntax { Statements.Count: 1, Parent: FinallyClauseSyntax { Parent: TryStatementSyntax around } } })
            return Before(around) is { } take && Opens(finding, take, around) is { } opener && way.Releases(opener);
        if (Opens(finding, statement, After(statement)) is null || !MayAwait(finding, statement, use)
            || After(statement) is not TryStatementSyntax { Finally: { } last } tried)
            return false;
        patch.Replace(TextSpan.FromBounds(statement.SpanStart, tried.TryKeyword.Span.End), Using(finding, use))
            .Replace(TextSpan.FromBounds(last.FinallyKeyword.GetPreviousToken().Span.End, last.Span.End), "");
        return true;
    }

    /// <summary>The call of <c>Enter(x); try { … } finally { Exit(x); }</c></summary>
    private static LockCall? Opens(Finding finding, StatementSyntax? take, StatementSyntax? tried) =>
        take is ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call }
            && LockCall.Of(finding, call) is { Fact: { Effect: Effect.Acquires, Flag: null } } taken
        && tried is TryStatementSyntax { Catches.Count: 0, Finally.Block.Statements: [ExpressionStatementSyntax { Expression: var exit }] }
        && LockCall.Of(finding, exit)?.Releases(taken) == true ? taken : null;

    private static StatementSyntax? Before(StatementSyntax statement) => StatementRun.Siblings(statement).TakeWhile(other => other != statement).LastOrDefault();

    private static StatementSyntax? After(StatementSyntax statement) => StatementRun.Siblings(statement).SkipWhile(other => other != statement).ElementAtOrDefault(1);

    private static bool MayAwait(Finding finding, StatementSyntax statement, ExpressionSyntax use) =>
        finding.Model.GetEnclosingSymbol(statement.SpanStart, finding.Cancel) is IMethodSymbol { IsAsync: true }
        && !statement.Ancestors().TakeWhile(outer => outer != Function.Around(statement)).OfType<LockStatementSyntax>().Any()
        && !StackOnlyValues.LiveAcross(finding, use);

    private static string Using(Finding finding, ExpressionSyntax use) =>
        $"using (await {use}.EnterAsync(){finding.Configured(use, finding.Model.Compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask`1"))})";
}
