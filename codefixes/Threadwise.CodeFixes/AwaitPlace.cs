namespace Threadwise.CodeFixes;

/// <summary>A wait that is to become an await: whether it may, and how the await is written there.</summary>
/// <remarks>Places where an await does not compile need no question: no patch is offered that does not compile.</remarks>
internal static class AwaitPlace
{
    /// <summary>False where an await would compile, and would still mean something else or be refused when the program is emitted.</summary>
    public static bool MayAwait(this Finding finding, ExpressionSyntax wait) =>
        !ContinuesConditionalAccess(wait)
        && !IsReadBeforeWrite(finding, wait)
        && !StackOnlyValues.LiveAcross(finding, wait)
        && !LockCall.HeldAt(finding, wait).Any(taken => taken.IsAffine);

    /// <summary>A catch that looks for the exception in which a blocking wait wraps the real one.</summary>
    public static bool IsWrappedFailureCaught(ExpressionSyntax wait) =>
        wait.Ancestors().TakeWhile(ancestor => !Function.Is(ancestor)).OfType<TryStatementSyntax>()
            .Where(tried => tried.Block.Span.Contains(wait.Span))
            .SelectMany(tried => tried.Catches).SelectMany(handler => handler.DescendantTokens())
            .Any(token => token.Text is "AggregateException" or "InnerException" or "InnerExceptions" or "Flatten" or "GetBaseException");

    /// <summary>Writes the await around the expression, in parentheses where what follows would bind to the operand.</summary>
    public static Patch Await(this Patch patch, ExpressionSyntax wait) =>
        NeedsParentheses(wait)
            ? patch.Before(wait.SpanStart, "(await ").After(wait.Span.End, ")")
            : patch.Before(wait.SpanStart, "await ");

    /// <summary><c>.ConfigureAwait(false)</c> where every other await of the outermost type says so, and this awaitable can.</summary>
    public static string Configured(this Finding finding, ExpressionSyntax wait, ITypeSymbol? awaitable)
    {
        var type = wait.Ancestors().OfType<TypeDeclarationSyntax>().LastOrDefault() ?? finding.Root;
        var awaits = type.DescendantNodes().OfType<AwaitExpressionSyntax>().ToList();
        return awaits.Count > 0 && awaits.All(IsConfigured) && awaitable is not null && CanConfigure(awaitable) ? ".ConfigureAwait(false)" : "";
    }

    private static bool CanConfigure(ITypeSymbol awaitable) =>
        awaitable.BaseTypesAndSelf().Any(type => type.GetMembers("ConfigureAwait").OfType<IMethodSymbol>()
            .Any(method => method.Parameters.Length == 1 && method.Parameters[0].Type.SpecialType == SpecialType.System_Boolean));

    private static IEnumerable<ITypeSymbol> BaseTypesAndSelf(this ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
            yield return current;
    }

    private static bool IsConfigured(AwaitExpressionSyntax awaited) => awaited.Expression is InvocationExpressionSyntax
    {
        Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "ConfigureAwait" },
        ArgumentList.Arguments: { Count: 1 } arguments,
    } && arguments[0].Expression.IsKind(SyntaxKind.FalseLiteralExpression);

    private static bool NeedsParentheses(ExpressionSyntax wait) => wait.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == wait,
        ElementAccessExpressionSyntax access => access.Expression == wait,
        ConditionalAccessExpressionSyntax access => access.Expression == wait,
        InvocationExpressionSyntax call => call.Expression == wait,
        PostfixUnaryExpressionSyntax => true,
        _ => false,
    };

    /// <summary><c>x?.Task.Result</c>: there is no expression that could be awaited.</summary>
    private static bool ContinuesConditionalAccess(ExpressionSyntax wait)
    {
        for (SyntaxNode? leftmost = wait; leftmost is not null; leftmost = leftmost.ChildNodes().FirstOrDefault())
            if (leftmost is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax)
                return true;
        return false;
    }

    /// <summary><c>_sum += t.Result</c>: awaiting would let others change what was already read.</summary>
    private static bool IsReadBeforeWrite(Finding finding, ExpressionSyntax wait) =>
        wait.Ancestors().TakeWhile(ancestor => ancestor is ExpressionSyntax and not AnonymousFunctionExpressionSyntax)
            .OfType<AssignmentExpressionSyntax>()
            .Any(assignment => !assignment.IsKind(SyntaxKind.SimpleAssignmentExpression)
                && assignment.Right.Span.Contains(wait.Span)
                && finding.Symbol(assignment.Left) is not (ILocalSymbol or IParameterSymbol));
}
