using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>Statements that must not run without a guard are put inside <c>lock (guard)</c>, with those beside them that must not either.</summary>
internal static class HeldGuard
{
    /// <param name="access">What needs the guard that the finding names: a member, or the name of one that is called.</param>
    public static Patch? Around(Finding finding, ExpressionSyntax access) =>
        finding["guard"] is { } guard && finding["kind"] is ("monitor" or "lock") ? Around(finding, access, guard) : null;

    /// <param name="isNew">The guard is declared by the same fix.</param>
    public static Patch? Around(Finding finding, ExpressionSyntax access, string guard, bool isNew = false)
    {
        if (!MayTake(finding, access, guard, isNew))
            return null;
        foreach (var node in access.Ancestors())
        {
            switch (node)
            {
                case StatementSyntax statement when Run(finding, access, Widest(finding, access, statement), guard) is { } run:
                    return LockBlock.Around(finding, run, guard);
                case ArrowExpressionClauseSyntax arrow when MayHold(finding, arrow, guard) && Returns(finding, arrow.Parent!) is { } returns:
                    return LockBlock.Around(finding, arrow, guard, returns);
                case LambdaExpressionSyntax lambda when MayHold(finding, lambda.Body, guard) && Returns(finding, lambda) is { } returns:
                    return LockBlock.Around(finding, lambda, guard, returns);
                case StatementSyntax or MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or ArrowExpressionClauseSyntax
                    or ConstructorInitializerSyntax or AttributeSyntax:
                    return null;
            }
        }

        return null;
    }

    /// <summary>Taking the guard here adds no order of locks, or one the rule knows to be safe, and names the same object for as long as it is held.</summary>
    private static bool MayTake(Finding finding, ExpressionSyntax access, string guard, bool isNew) => finding["edgeSafe"] switch
    {
        "false" => false,
        "true" => true,
        _ => !access.Ancestors().Any(node => node is LockStatementSyntax) && !LockCall.HeldAt(finding, access).Any(),
    }
    && SyntaxFactory.ParseExpression(guard) is var @lock && (isNew || LockBlock.Takes(finding, access.SpanStart, @lock))
    && @lock.DescendantNodesAndSelf().All(node => node is TypeSyntax or MemberAccessExpressionSyntax or ThisExpressionSyntax or TypeOfExpressionSyntax)
    && access is not MemberBindingExpressionSyntax;

    /// <summary>The statement, or one around it whose own head touches a member of the guard as well: <c>if (_x == 0) _x = 1;</c>.</summary>
    private static StatementSyntax Widest(Finding finding, ExpressionSyntax access, StatementSyntax statement) =>
        statement.Ancestors().TakeWhile(node => !Function.Is(node)).OfType<StatementSyntax>()
            .LastOrDefault(outer => outer is not BlockSyntax && MayBeWhole(outer) && GuardedAccess.SharesGuard(finding, access, outer))
        ?? statement;

    /// <summary>Not a loop, which may wait for its condition to change, and never see it while the guard is held.</summary>
    private static bool MayBeWhole(StatementSyntax statement) =>
        statement is not (WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or FixedStatementSyntax or LockStatementSyntax or TryStatementSyntax);

    /// <summary>The statement with those beside it that touch members of the same guard; null when the guard cannot be held there.</summary>
    private static StatementRun? Run(Finding finding, ExpressionSyntax access, StatementSyntax statement, string guard)
    {
        if (!MayBeWhole(statement) || !Fits(statement))
            return null;
        var siblings = StatementRun.Siblings(statement).ToList();
        var (first, last) = (siblings.IndexOf(statement), siblings.IndexOf(statement));
        while (first > 0 && Joins(siblings[first - 1]) && !IsApart(siblings[first]))
            first--;
        while (last + 1 < siblings.Count && Joins(siblings[last + 1]) && !IsApart(siblings[last + 1]))
            last++;
        return new StatementRun(finding, siblings.GetRange(first, last - first + 1));

        bool Joins(StatementSyntax next) => MayBeWhole(next) && GuardedAccess.SharesGuard(finding, access, next) && Fits(next);
        bool Fits(StatementSyntax one) => new StatementRun(finding, [one]) is { MayMove: true, Yields: false } && MayHold(finding, one, guard);
        static bool IsApart(StatementSyntax next) => next.GetLeadingTrivia().Any(StatementRun.IsConditional);
    }

    /// <summary>Nothing in the code waits, or takes another lock, while the guard would be held.</summary>
    private static bool MayHold(Finding finding, SyntaxNode code, string guard) => !Function.Nodes(code).Any(node =>
        node is AwaitExpressionSyntax or RefExpressionSyntax || node is LockStatementSyntax held && held.Expression.ToString() != guard
        || node is CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } or UsingStatementSyntax { AwaitKeyword.RawKind: not 0 }
        || finding.Symbol(node) is IMethodSymbol or IPropertySymbol && finding.Symbol(node) is { } called
            && (finding.Facts.About(called).Any(fact => fact.Effect is Effect.Acquires or Effect.Tries or Effect.Blocks or Effect.Waits)
                || TakesAnotherLock(called, guard)));

    private static bool TakesAnotherLock(ISymbol called, string guard) =>
        called.DeclaringSyntaxReferences.Any(body => body.GetSyntax().DescendantNodes().OfType<LockStatementSyntax>().Any(held => held.Expression.ToString() != guard));

    /// <summary>Whether a function of one expression gives its value; null when it gives a reference.</summary>
    private static bool? Returns(Finding finding, SyntaxNode function)
    {
        var method = function is LambdaExpressionSyntax ? finding.Symbol(function) : finding.Model.GetDeclaredSymbol(function, finding.Cancel);
        return method switch
        {
            IMethodSymbol { RefKind: not RefKind.None } or IPropertySymbol { RefKind: not RefKind.None } => null,
            IMethodSymbol { ReturnsVoid: true } => false,
            IMethodSymbol { IsAsync: true, ReturnType: INamedTypeSymbol { IsGenericType: false } } => false,
            null => null,
            _ => true,
        };
    }
}
