using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The operation that is under way is waited for before the next begins.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConcurrentUseOfUnsafeObjectFix))]
public sealed class ConcurrentUseOfUnsafeObjectFix() : Fix("TW1014", "Await one after the other")
{
    private protected override Patch? For(Finding finding) =>
        finding is { Node: ExpressionSyntax second, Others: [ExpressionSyntax first] } && first != second
            ? Kept(finding, first, second) ?? Inline(finding, first, second)
            : null;

    /// <summary><c>var a = A(); var b = B();</c> becomes <c>var a = A(); await a; var b = B();</c></summary>
    private static Patch? Kept(Finding finding, ExpressionSyntax first, ExpressionSyntax second)
    {
        if (first.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1,
            Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } statement } } variable }
            || !finding.MayAwait(first) || finding.Model.GetTypeInfo(first, finding.Cancel).Type is not INamedTypeSymbol { Name: "Task" } task
            || second.FirstAncestorOrSelf<StatementSyntax>() is not { } next || next.SpanStart <= statement.SpanStart || !next.Ancestors().Contains(statement.Parent!))
            return null;
        var layout = finding.Layout;
        var last = statement.GetLastToken();
        var wait = $"await {variable.Identifier.ValueText}{finding.Configured(first, task.OriginalDefinition)};";
        return finding.Patch(statement)
            .After(Layout.EndOfLine(last), layout.StartsLine(statement.GetFirstToken()) && layout.EndsLine(last)
                ? layout.NewLine + layout.Indentation(statement.SpanStart) + wait
                : " " + wait);
    }

    /// <summary><c>await Task.WhenAll(A(), B());</c> becomes <c>await A(); await B();</c></summary>
    private static Patch? Inline(Finding finding, ExpressionSyntax first, ExpressionSyntax second)
    {
        if (first.Parent is not ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax all } list } || second.Parent?.Parent != list
            || Statement(all) is not { Parent: BlockSyntax } statement || finding.Symbol(all) is not IMethodSymbol together
            || !finding.Facts.About(together).Any(static fact => fact is { Effect: Analyzers.Knowledge.Effect.Combines, All: true }))
            return null;
        var layout = finding.Layout;
        var separator = layout.StartsLine(statement.GetFirstToken()) ? layout.NewLine + layout.Indentation(statement.SpanStart) : " ";
        var awaits = list.Arguments.Select(argument => $"await {argument.Expression}{(finding.Model.GetTypeInfo(argument.Expression, finding.Cancel).Type is INamedTypeSymbol type ? finding.Configured(first, type.OriginalDefinition) : "")};");
        return finding.Patch(statement, alone: true).Replace(statement.GetFirstToken(), statement.GetLastToken(), string.Join(separator, awaits));
    }

    /// <summary>The statement that does nothing but await the call.</summary>
    private static ExpressionStatementSyntax? Statement(ExpressionSyntax call)
    {
        SyntaxNode node = call;
        while (node.Parent is AwaitExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.Text: "ConfigureAwait" }
            or InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "ConfigureAwait" } })
            node = node.Parent;
        return node is AwaitExpressionSyntax ? node.Parent as ExpressionStatementSyntax : null;
    }
}
