using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>Async code that may hold a new lock while it waits: it awaits only what it calls itself, all it calls is of the framework or can be read,
/// and nothing of that comes back to where the lock is taken.</summary>
internal static class ClosedCode
{
    /// <param name="field">It is used in the code, and wherever else the lock is taken.</param>
    public static bool Is(Finding finding, IReadOnlyList<StatementSyntax> code, IFieldSymbol field)
    {
        var open = new OpenCode(finding, member => IsFramework(finding, member));
        return code.All(open.Is) && code.All(IsClosed)
            && open.Read.All(member => IsClosed(member) && (member.SyntaxTree != finding.Root.SyntaxTree || !FieldUses.Names(finding, field, member)));
    }

    /// <summary>It hands on neither the object nor a function, and waits for nothing that others have begun.</summary>
    private static bool IsClosed(SyntaxNode code) => !code.DescendantNodesAndSelf().Any(static node =>
        node is AnonymousFunctionExpressionSyntax or CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 }
            || node is ThisExpressionSyntax { Parent: not MemberAccessExpressionSyntax }
        || node is AwaitExpressionSyntax { Expression: var awaited } && !IsCall(awaited));

    private static bool IsCall(ExpressionSyntax awaited) => KeyedCall.Bare(awaited) is InvocationExpressionSyntax call
        && (call.Expression is not MemberAccessExpressionSyntax { Name.Identifier.Text: "ConfigureAwait", Expression: var configured } || IsCall(configured));

    /// <summary>It does its own work: it is not written by who uses it, starts nothing, and waits for no other thread.</summary>
    private static bool IsFramework(Finding finding, ISymbol member) =>
        !member.IsAbstract && member.ContainingNamespace?.ToDisplayString() is { } space && (space + ".").StartsWith("System.", StringComparison.Ordinal)
        && finding.Facts.About(member) is var facts && !facts.Any(static fact => fact.Effect is Effect.Starts or Effect.Defers)
        && (!(space.StartsWith("System.Threading", StringComparison.Ordinal) || space == "System.IO.Pipelines") || member.Name == "ConfigureAwait"
            || facts.Any(static fact => fact.Effect is Effect.Delays or Effect.Completed));
}
