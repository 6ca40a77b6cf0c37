using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The calls, the <c>try</c> and the <c>finally</c> become one <c>lock</c> statement.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ManualMonitorFix))]
public sealed class ManualMonitorFix() : Fix("TW2033", "Use a lock statement")
{
    private protected override Patch? For(Finding finding)
    {
        if (LockCall.Of(finding, finding.Node) is not { } taken || !taken.IsThatOfStatement(finding) || taken.Call.Parent is not ExpressionStatementSyntax take)
            return null;
        var siblings = StatementRun.Siblings(take);
        var next = siblings.ElementAtOrDefault(siblings.ToList().IndexOf(take) + 1);
        return taken.Fact.Flag is not null && take.Parent is BlockSyntax { Parent: TryStatementSyntax around } ? Flagged(finding, taken, take, around)
            : taken.Fact.Flag is null && next is TryStatementSyntax tried ? Plain(finding, taken, take, tried)
            : null;
    }

    /// <summary><c>Enter(x); try { … } finally { Exit(x); }</c></summary>
    private static Patch? Plain(Finding finding, LockCall taken, StatementSyntax take, TryStatementSyntax tried) =>
        tried.Finally is not { } last ? null
            : Without(new Patch(finding.Root, TextSpan.FromBounds(take.SpanStart, tried.Span.End), alone: false), last)
                .Replace(TextSpan.FromBounds(take.SpanStart, tried.TryKeyword.Span.End), $"lock ({taken.Lock})");

    /// <summary><c>bool taken = false; try { Enter(x, ref taken); … } finally { if (taken) Exit(x); }</c></summary>
    private static Patch? Flagged(Finding finding, LockCall taken, StatementSyntax take, TryStatementSyntax tried)
    {
        var siblings = StatementRun.Siblings(tried);
        var index = siblings.ToList().IndexOf(tried);
        if (tried.Finally is not { } last || index < 1 || siblings[index - 1] is not LocalDeclarationStatementSyntax { Declaration.Variables: [var flag] } declaration
            || UsesOf(finding, flag, siblings) != 2)
            return null;
        return Without(new Patch(finding.Root, TextSpan.FromBounds(declaration.SpanStart, tried.Span.End), alone: false), last)
            .Replace(TextSpan.FromBounds(declaration.SpanStart, tried.TryKeyword.Span.End), $"lock ({taken.Lock})")
            .Replace(TextSpan.FromBounds(take.GetFirstToken().GetPreviousToken().Span.End, take.Span.End), "");
    }

    private static int UsesOf(Finding finding, VariableDeclaratorSyntax flag, IEnumerable<StatementSyntax> where) =>
        finding.Model.GetDeclaredSymbol(flag, finding.Cancel) is { } local
            ? where.SelectMany(statement => statement.DescendantNodes())
                .Count(node => node is IdentifierNameSyntax name && name.Identifier.ValueText == local.Name
                    && SymbolEqualityComparer.Default.Equals(finding.Symbol(name), local))
            : 0;

    private static Patch Without(Patch patch, FinallyClauseSyntax last) =>
        patch.Replace(TextSpan.FromBounds(last.FinallyKeyword.GetPreviousToken().Span.End, last.Span.End), "");
}
