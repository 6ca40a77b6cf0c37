using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Tasks that may be under way while the code that started them goes on, as far as its text tells: those that are not awaited or returned on the spot, and those of functions that several may call.</summary>
internal static class LooseTasks
{
    public static bool AreIn(SyntaxNode code) => code.DescendantNodes().Any(static node => node switch
    {
        InvocationExpressionSyntax { Expression: var called } call => Name(called) is { } name && name.EndsWith("Async", StringComparison.Ordinal) && !IsTaken(call),
        AnonymousFunctionExpressionSyntax function => function.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax function => function.Modifiers.Any(SyntaxKind.AsyncKeyword),
        _ => false,
    });

    private static string? Name(ExpressionSyntax member) => member switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => null,
    };

    private static bool IsTaken(SyntaxNode task)
    {
        for (; ; task = task.Parent)
            switch (task.Parent)
            {
                case ParenthesizedExpressionSyntax or ConditionalAccessExpressionSyntax or InvocationExpressionSyntax
                    or MemberAccessExpressionSyntax { Name.Identifier.ValueText: Shapes.ContextChoice }:
                    break;
                case var outer:
                    return outer is AwaitExpressionSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax { Parent: not AnonymousFunctionExpressionSyntax };
            }
    }
}
