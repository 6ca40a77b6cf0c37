using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>A method that does nothing but take the lock and call another one is left out: the code that holds the lock calls that other one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SelfDeadlockFix))]
public sealed class SelfDeadlockFix() : Fix("TW2004", "Call the method that does not take the lock")
{
    private protected override Patch? For(Finding finding) =>
        finding.Node is InvocationExpressionSyntax call && Name(call.Expression) is { } name
        && finding.Symbol(call) is IMethodSymbol method && Declaration(finding, method) is { Body: { } body } && Core(finding, method, body) is { } core
            ? finding.Patch(call).Replace(name.Identifier.Span, core.Name)
            : null;

    /// <summary>What a method calls between taking the lock and giving it back, with its own arguments, and nothing else.</summary>
    private static IMethodSymbol? Core(Finding finding, IMethodSymbol method, BlockSyntax body) =>
        Guarded(finding, body) is { } only && Called(only) is { } call && Name(call.Expression) is { Arity: 0 }
            && call.Expression is SimpleNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }
        && finding.Symbol(call) is IMethodSymbol core && SymbolEqualityComparer.Default.Equals(core.ReturnType, method.ReturnType)
        && Hands(finding, method, core, call) && Declaration(finding, core) is { } declaration
        && !Function.Nodes(declaration).Any(node => LockCall.Of(finding, node) is not null)
            ? core
            : null;

    private static MethodDeclarationSyntax? Declaration(Finding finding, IMethodSymbol method) =>
        method.DeclaringSyntaxReferences is [var reference] && reference.SyntaxTree == finding.Root.SyntaxTree
            ? reference.GetSyntax(finding.Cancel) as MethodDeclarationSyntax
            : null;

    /// <summary>The only statement that runs under the lock.</summary>
    private static StatementSyntax? Guarded(Finding finding, BlockSyntax body) => body.Statements switch
    {
        [ExpressionStatementSyntax take, TryStatementSyntax { Catches.Count: 0, Block.Statements: [var only],
            Finally.Block.Statements: [ExpressionStatementSyntax give] }]
            when Lock(finding, take) is { Takes: true } taken && Lock(finding, give)?.Releases(taken) == true => only,
        [UsingStatementSyntax { Declaration: null, Expression: { } scope, Statement: var statement }]
            when Lock(finding, scope) is { Takes: true, Fact.ReturnsScope: true } =>
            statement is BlockSyntax { Statements: [var only] } ? only : statement is BlockSyntax ? null : statement,
        _ => null,
    };

    private static LockCall? Lock(Finding finding, SyntaxNode code) =>
        code.DescendantNodesAndSelf().Select(node => LockCall.Of(finding, node)).FirstOrDefault(call => call is not null);

    private static InvocationExpressionSyntax? Called(StatementSyntax statement)
    {
        var value = statement is ReturnStatementSyntax { Expression: { } returned } ? returned : (statement as ExpressionStatementSyntax)?.Expression;
        if (value is AwaitExpressionSyntax await)
            value = await.Expression;
        return value is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "ConfigureAwait",
            Expression: InvocationExpressionSyntax inner } } ? inner : value as InvocationExpressionSyntax;
    }

    /// <summary>Its own parameters, all of them, in their order.</summary>
    private static bool Hands(Finding finding, IMethodSymbol method, IMethodSymbol core, InvocationExpressionSyntax call) =>
        method.Parameters.Length == core.Parameters.Length && call.ArgumentList.Arguments.Count == method.Parameters.Length
        && call.ArgumentList.Arguments.Select((argument, i) => argument.NameColon is null
            && SymbolEqualityComparer.Default.Equals(finding.Symbol(argument.Expression), method.Parameters[i])
            && core.Parameters[i].Name == method.Parameters[i].Name
            && method.Parameters[i] is { RefKind: RefKind.None, IsOptional: false }).All(same => same);

    private static SimpleNameSyntax? Name(ExpressionSyntax called) => called switch
    {
        SimpleNameSyntax name => name,
        MemberAccessExpressionSyntax access => access.Name,
        _ => null,
    };
}
