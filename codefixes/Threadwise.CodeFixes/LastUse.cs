using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>When a local that concurrent code uses is used for the last time, with all of that code behind.</summary>
internal sealed class LastUse(Finding finding, VariableDeclaratorSyntax declarator, IReadOnlyList<ExpressionSyntax> uses)
{
    private readonly SyntaxNode _home = Function.Around(declarator);

    public bool IsHome(SyntaxNode function) => function == _home;

    /// <summary>In the function that has declared it, after the work of every other has ended.</summary>
    public bool IsBehind(SyntaxNode use) => Function.Around(use) == _home && !IsRepeated(use)
        && uses.All(other => Function.Around(other) == _home || other.SpanStart < use.SpanStart && IsJoined(other));

    /// <summary>Nothing after it, or with it, sees what becomes of the object.</summary>
    public bool Is(ExpressionSyntax use) => IsBehind(use) && use.Ancestors().OfType<StatementSyntax>().FirstOrDefault() is { } statement
        && uses.All(other => other == use
            || (statement.Span.Contains(other.Span) ? IsRead(other) : other.SpanStart < use.SpanStart || statement is ReturnStatementSyntax))
        && !use.Ancestors().OfType<TryStatementSyntax>().Any(tried => tried.Finally is { } end && uses.Any(other => end.Span.Contains(other.Span)));

    /// <summary>A member of it is asked for, before or after.</summary>
    private static bool IsRead(ExpressionSyntax other) => other.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Count" };

    /// <summary>In a loop that the declaration is not in.</summary>
    private bool IsRepeated(SyntaxNode use) => use.Ancestors().Any(node => !node.Span.Contains(declarator.Span)
        && (node is ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax
            || node is CommonForEachStatementSyntax loop && loop.Statement.Span.Contains(use.Span)));

    /// <summary>The function around is handed to what returns, or is awaited, when all of its runs have ended.</summary>
    private bool IsJoined(SyntaxNode use)
    {
        var function = use.Ancestors().TakeWhile(node => node != _home).Last(Function.Is);
        if (function is not AnonymousFunctionExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax start } })
            return false;
        return finding.Symbol(start) is { } starter
            && finding.Facts.About(starter).Any(fact => fact.Effect == Effect.Starts && (fact.Joins || fact.Many && start.Parent is AwaitExpressionSyntax))
            || start.Ancestors().TakeWhile(node => node != _home).OfType<AwaitExpressionSyntax>().Any(awaited => awaited.Expression is InvocationExpressionSyntax all
                && finding.Symbol(all) is { } whole && finding.Facts.About(whole, Effect.Combines) is { All: true });
    }
}
