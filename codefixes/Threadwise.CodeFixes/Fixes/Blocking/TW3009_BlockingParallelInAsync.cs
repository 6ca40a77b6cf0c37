using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary><c>Parallel.ForEach(items, item =&gt; F(item).Wait())</c> becomes <c>await Parallel.ForEachAsync(items, async (item, token) =&gt; await F(item))</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(BlockingParallelInAsyncFix))]
public sealed class BlockingParallelInAsyncFix() : Fix("TW3009", "Await Parallel.ForEachAsync")
{
    private protected override Patch? For(Finding finding) =>
        finding.Node is InvocationExpressionSyntax { Parent: ExpressionStatementSyntax,
            Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.Text: "ForEach" } name } } call
        && call.ArgumentList.Arguments is { Count: 2 or 3 } arguments && arguments.All(argument => argument.NameColon is null)
        && arguments.Last().Expression is LambdaExpressionSyntax body && body.AsyncKeyword.IsKind(SyntaxKind.None)
        && finding.Symbol(body) is IMethodSymbol { Parameters.Length: 1 }
        && finding.Others is { Count: > 0 } waits && !AwaitPlace.IsWrappedFailureCaught(call) && finding.MayAwait(call)
            ? Awaited(finding, call, name, body, waits)
            : null;

    private static Patch? Awaited(Finding finding, InvocationExpressionSyntax call, SimpleNameSyntax name, LambdaExpressionSyntax body, IReadOnlyList<SyntaxNode> waits)
    {
        var patch = finding.Patch(call).Replace(name.Span, "ForEachAsync").Await(call)
            .After(call.Span.End, finding.Configured(call, finding.Model.Compilation.GetTypeByMetadataName("System.Threading.Tasks.Task")));
        WithToken(finding, patch, call, body);
        foreach (var wait in waits)
            if (wait is not ExpressionSyntax blocking || !body.Span.Contains(wait.Span) || Function.Around(wait) != body
                || BlockingWaitInAsyncFix.Awaited(finding, blocking) is not { } awaited || !patch.With(awaited))
                return null;
        return patch;
    }

    /// <summary>The body takes a token too; its name is one that nothing in it or around it has.</summary>
    private static void WithToken(Finding finding, Patch patch, SyntaxNode call, LambdaExpressionSyntax body)
    {
        var taken = Function.Member(call).DescendantNodesAndTokens(node => !Function.Is(node) || node.Span.Contains(call.Span) || body.Span.Contains(node.Span))
            .Where(part => part.IsKind(SyntaxKind.IdentifierToken)).Select(part => part.AsToken().ValueText).ToImmutableHashSet();
        var token = new[] { "token", "cancellationToken", "loopToken", "tokenOfLoop" }.First(candidate => !taken.Contains(candidate));
        switch (body)
        {
            case SimpleLambdaExpressionSyntax { Parameter: var parameter }:
                patch.Before(parameter.SpanStart, "async (").After(parameter.Span.End, $", {token})");
                break;
            case ParenthesizedLambdaExpressionSyntax { ParameterList: { Parameters: [var parameter] } list }:
                var type = parameter.Type is null
                    ? ""
                    : finding.Model.Compilation.GetTypeByMetadataName("System.Threading.CancellationToken")!.ToMinimalDisplayString(finding.Model, call.SpanStart) + " ";
                patch.Before(list.SpanStart, "async ").After(parameter.Span.End, $", {type}{token}");
                break;
        }
    }
}
