using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>A blocking wait becomes an await of the same task: <c>t.Result</c>, <c>t.Wait()</c>, <c>Task.WaitAll(a, b)</c> and their kin.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BlockingWaitInAsyncFix))]
public sealed class BlockingWaitInAsyncFix() : Fix("TW3001", "Await instead of blocking")
{
    private protected override Patch? For(Finding finding) =>
        finding.Node is ExpressionSyntax wait ? Awaited(finding, wait) : null;

    /// <summary>The wait as an await, or null when it cannot be one.</summary>
    internal static Patch? Awaited(Finding finding, ExpressionSyntax wait) =>
        !finding.MayAwait(wait) ? null : wait switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.Text: "Result" } result => Await(finding, wait, result.Expression, result),
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called } call => called.Name.Identifier.Text switch
            {
                "GetResult" when Awaiter(called.Expression) is { } awaiter => Await(finding, wait, awaiter.Expression, awaiter),
                "Wait" when call.ArgumentList.Arguments.Count == 0 => Await(finding, wait, called.Expression, called),
                "Wait" when IsCancelable(finding, call) => Combined(finding, call, "WaitAsync"),
                _ => Combined(finding, call),
            },
            InvocationExpressionSyntax { Expression: IdentifierNameSyntax } call => Combined(finding, call),
            _ => null,
        };

    /// <summary>Keeps the task and cuts the member access that waits for it.</summary>
    private static Patch? Await(Finding finding, ExpressionSyntax wait, ExpressionSyntax task, MemberAccessExpressionSyntax access)
    {
        if (access.Name.Identifier.Text != "GetAwaiter" && AwaitPlace.IsWrappedFailureCaught(wait))
            return null;
        var awaitable = finding.Model.GetTypeInfo(task, finding.Cancel).Type;
        return Cut(finding.Patch(wait), access.OperatorToken, wait.GetLastToken(), finding.Configured(wait, awaitable)).Await(wait);
    }

    /// <summary>Also removes the line end before the access when nothing but white space would be left there.</summary>
    private static Patch Cut(Patch patch, SyntaxToken first, SyntaxToken last, string instead)
    {
        var before = first.GetPreviousToken();
        return before.TrailingTrivia.Concat(first.LeadingTrivia).All(Layout.IsBlank)
            ? patch.Replace(before, first, last, instead)
            : patch.Replace(first, last, instead);
    }

    private static MemberAccessExpressionSyntax? Awaiter(ExpressionSyntax expression) =>
        expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "GetAwaiter" } access,
            ArgumentList.Arguments.Count: 0 } ? access : null;

    private static bool IsCancelable(Finding finding, InvocationExpressionSyntax call) =>
        finding.Symbol(call) is IMethodSymbol { Parameters: { Length: 1 } parameters, ContainingType: var type }
        && parameters[0].Type.Name == "CancellationToken"
        && type.GetMembers("WaitAsync").OfType<IMethodSymbol>()
            .Any(twin => twin.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(twin.Parameters[0].Type, parameters[0].Type));

    private static Patch? Combined(Finding finding, InvocationExpressionSyntax call) => finding.Symbol(call) switch
    {
        IMethodSymbol { IsStatic: true, Name: "WaitAll" } method when TakesOnlyTasks(method, call) => Combined(finding, call, "WhenAll"),
        IMethodSymbol { IsStatic: true, Name: "WaitAny" } method when TakesOnlyTasks(method, call) && call.Parent is ExpressionStatementSyntax =>
            Combined(finding, call, "WhenAny"),
        _ => null,
    };

    private static bool TakesOnlyTasks(IMethodSymbol method, InvocationExpressionSyntax call) =>
        method.Parameters.Length == 1 || (call.ArgumentList.Arguments.Count == 1 && method.Parameters.Skip(1).All(parameter => parameter.IsOptional));

    /// <summary>Calls the awaitable twin with the same arguments.</summary>
    private static Patch? Combined(Finding finding, InvocationExpressionSyntax call, string twin)
    {
        var name = call.Expression is MemberAccessExpressionSyntax access ? access.Name : (SimpleNameSyntax)call.Expression;
        var returned = finding.Symbol(call)!.ContainingType.GetMembers(twin).OfType<IMethodSymbol>().FirstOrDefault()?.ReturnType;
        return AwaitPlace.IsWrappedFailureCaught(call) ? null
            : finding.Patch(call).Replace(name.Span, twin).After(call.Span.End, finding.Configured(call, returned)).Await(call);
    }
}
