namespace Threadwise.CodeFixes;

/// <summary>Values that cannot outlive an await: references, spans, enumerators of them. The compiler misses some until it emits.</summary>
internal static class StackOnlyValues
{
    public static bool LiveAcross(Finding finding, ExpressionSyntax wait)
    {
        var function = Function.Around(wait);
        return EvaluatedBefore(finding, wait) || Enclosing(finding, wait, function) || InLocals(finding, wait, function);
    }

    /// <summary><c>span[t.Result]</c>, <c>Slot() += t.Result</c>: earlier parts of the same statement.</summary>
    private static bool EvaluatedBefore(Finding finding, ExpressionSyntax wait)
    {
        var statement = wait.Ancestors().First(node => node is StatementSyntax or ArrowExpressionClauseSyntax || Function.Is(node) || node.Parent is null);
        return statement.DescendantNodes(node => node == statement || (node is not StatementSyntax && !Function.Is(node)))
            .OfType<ExpressionSyntax>()
            .Where(expression => expression.Span.End <= wait.SpanStart)
            .Any(expression => IsStackOnly(finding, expression));
    }

    private static bool IsStackOnly(Finding finding, ExpressionSyntax expression)
    {
        var type = finding.Model.GetTypeInfo(expression, finding.Cancel);
        if (finding.Symbol(expression) is INamespaceOrTypeSymbol)
            return false;
        return type.Type is { IsRefLikeType: true } || type.ConvertedType is { IsRefLikeType: true }
            || finding.Symbol(expression) is IMethodSymbol { RefKind: not RefKind.None } or IPropertySymbol { RefKind: not RefKind.None };
    }

    private static bool Enclosing(Finding finding, ExpressionSyntax wait, SyntaxNode function) =>
        wait.Ancestors().TakeWhile(node => node != function).Any(node => node switch
        {
            ForEachStatementSyntax loop => loop.Statement.Span.Contains(wait.Span)
                && (finding.Model.GetForEachStatementInfo(loop).GetEnumeratorMethod is { ReturnType.IsRefLikeType: true } || IsStackOnly(finding, loop.Expression)),
            UsingStatementSyntax { Expression: { } resource } used => used.Statement.Span.Contains(wait.Span) && IsStackOnly(finding, resource),
            _ => false,
        });

    private static bool InLocals(Finding finding, ExpressionSyntax wait, SyntaxNode function)
    {
        var nodes = Function.Nodes(function).ToList();
        return nodes.Where(node => node is VariableDeclaratorSyntax or SingleVariableDesignationSyntax or ForEachStatementSyntax)
            .Where(declaration => declaration.SpanStart < wait.SpanStart && Scope(declaration).Span.Contains(wait.Span))
            .Where(declaration => finding.Model.GetDeclaredSymbol(declaration, finding.Cancel) is ILocalSymbol local && (local.IsRef || local.Type.IsRefLikeType))
            .Any(declaration => IsScopeResource(declaration) || IsUsedAfter(finding, nodes, declaration, wait));
    }

    private static bool IsScopeResource(SyntaxNode declaration) =>
        declaration.Parent?.Parent is UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 };

    private static SyntaxNode Scope(SyntaxNode declaration) =>
        declaration as ForEachStatementSyntax
        ?? declaration.Ancestors().First(node => node is BlockSyntax or SwitchSectionSyntax or ForStatementSyntax or UsingStatementSyntax or CompilationUnitSyntax
            || Function.Is(node));

    private static bool IsUsedAfter(Finding finding, List<SyntaxNode> nodes, SyntaxNode declaration, ExpressionSyntax wait)
    {
        var local = finding.Model.GetDeclaredSymbol(declaration, finding.Cancel);
        var loop = wait.Ancestors().LastOrDefault(node => IsLoop(node) && node.SpanStart > declaration.SpanStart && Scope(declaration).Span.Contains(node.Span));
        return nodes.OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == local!.Name && (name.SpanStart >= wait.Span.End || loop?.Span.Contains(name.Span) == true))
            .Any(name => SymbolEqualityComparer.Default.Equals(finding.Symbol(name), local));
    }

    private static bool IsLoop(SyntaxNode node) => node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax;
}
