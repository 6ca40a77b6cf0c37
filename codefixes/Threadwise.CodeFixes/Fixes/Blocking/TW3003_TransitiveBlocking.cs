using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The private methods on the way to the wait become async, with all who call them; a method that only waits for its asynchronous twin is left, and the twin awaited.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TransitiveBlockingFix))]
public sealed class TransitiveBlockingFix() : Fix("TW3003", "Make it async down to the wait")
{
    private protected override Patch? For(Finding finding) =>
        finding is not { Node: InvocationExpressionSyntax call, Others: [var wait] } || finding["kind"] is not { } kind || finding["await"] is not { } awaited ? null
        : finding["twin"] is { Length: > 0 } twin && OnlyWaitsFor(finding, call, twin, wait) ? Twin(finding, call, twin, wait)
        : AsyncChain.To(finding, wait, kind, awaited);

    private static Patch? Twin(Finding finding, InvocationExpressionSyntax call, string twin, SyntaxNode wait) =>
        AsyncChain.Wraps(wait) && AwaitPlace.IsWrappedFailureCaught(call) ? null : TwinCall.Awaited(finding, call, twin);

    /// <summary><c>int Load(int i) =&gt; LoadAsync(i).Result;</c></summary>
    private static bool OnlyWaitsFor(Finding finding, InvocationExpressionSyntax call, string twin, SyntaxNode wait) =>
        Function.Around(wait) is MethodDeclarationSyntax { TypeParameterList: null } method
            && finding.Model.GetDeclaredSymbol(method, finding.Cancel) is { IsVirtual: false, IsOverride: false } called
        && SymbolEqualityComparer.Default.Equals(finding.Symbol(call)?.OriginalDefinition, called)
        && (method.ExpressionBody?.Expression ?? method.Body?.Statements switch
        {
            [ReturnStatementSyntax { Expression: { } value }] => value,
            [ExpressionStatementSyntax { Expression: { } value }] => value,
            _ => null,
        }) == wait
        && WaitedFor(wait) is InvocationExpressionSyntax asked && IsNamed(asked, twin)
        && asked.ArgumentList.Arguments.Select(static argument => argument.ToString())
            .SequenceEqual(method.ParameterList.Parameters.Select(static parameter => parameter.Identifier.ValueText));

    private static bool IsNamed(InvocationExpressionSyntax asked, string name) => asked.Expression switch
    {
        IdentifierNameSyntax simple => simple.Identifier.ValueText == name,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: IdentifierNameSyntax simple } => simple.Identifier.ValueText == name,
        _ => false,
    };

    /// <summary>The task of <c>x.Result</c>, <c>x.Wait()</c> and <c>x.ConfigureAwait(false).GetAwaiter().GetResult()</c>.</summary>
    private static SyntaxNode? WaitedFor(SyntaxNode? node) => node switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.Text: "Result", Expression: var task } => task,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Wait" or "GetResult" or "GetAwaiter", Expression: var task },
            ArgumentList.Arguments.Count: 0 } =>
            WaitedFor(task),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "ConfigureAwait", Expression: var task } } => task,
        _ => node,
    };
}
