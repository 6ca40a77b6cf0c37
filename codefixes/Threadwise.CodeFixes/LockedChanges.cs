using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>Everything that functions inside a member do to change one variable goes into lock statements.</summary>
internal sealed class LockedChanges(Finding finding, ISymbol variable)
{
    private readonly SyntaxNode _member = Function.Member(finding.Node);

    /// <summary>A patch that locks, or null where one of the changes cannot stand in a lock statement.</summary>
    /// <param name="isChange">The name of the variable stands for a change of it.</param>
    public Patch? With(string @lock, Func<IdentifierNameSyntax, bool> isChange)
    {
        var whole = new Patch(finding.Root, _member.Span, alone: false);
        var seen = new HashSet<TextSpan>();
        foreach (var name in Names().Where(name => name.Span == finding.Node.Span || finding.Node.Span.Contains(name.Span) || IsInFunction(name) && isChange(name))
            .Where(name => !IsLocked(name)))
            if (Around(name, @lock) is not { } patch || seen.Add(patch.Extent) && !whole.With(patch))
                return null;
        return seen.Count == 0 ? null : whole;
    }

    private IEnumerable<IdentifierNameSyntax> Names() => _member.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Where(name => name.Identifier.ValueText == variable.Name && SymbolEqualityComparer.Default.Equals(finding.Symbol(name), variable));

    private bool IsInFunction(SyntaxNode name) => variable.DeclaringSyntaxReferences is not [var declared, ..]
        || Function.Around(name) != Function.Around(declared.GetSyntax(finding.Cancel)) && Function.Around(name) != _member;

    private static bool IsLocked(SyntaxNode name) =>
        name.Ancestors().TakeWhile(node => !Function.Is(node)).Any(node => node is LockStatementSyntax held && held.Statement.Span.Contains(name.Span));

    private Patch? Around(SyntaxNode change, string @lock)
    {
        foreach (var node in change.Ancestors())
            switch (node)
            {
                case StatementSyntax statement when IsInHead(change, statement):
                    return null;
                case StatementSyntax statement:
                    return Widest(statement) is var whole && new StatementRun(finding, [whole]) is { MayMove: true, Yields: false, Awaits: false } run && MayHold(whole)
                        ? LockBlock.Around(finding, run, @lock)
                        : null;
                case LambdaExpressionSyntax { ExpressionBody: { } body } lambda:
                    return MayHold(body) && finding.Symbol(lambda) is IMethodSymbol method && !(method.IsAsync && !method.ReturnsVoid && body is AwaitExpressionSyntax)
                        ? LockBlock.Around(finding, lambda, @lock, returns: !method.ReturnsVoid
                            && !(method.IsAsync && method.ReturnType is INamedTypeSymbol { IsGenericType: false })) : null;
                case MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or ArrowExpressionClauseSyntax:
                    return null;
            }
        return null;
    }

    /// <summary>A condition or the like decides about code that has nothing to do with the variable, and may take long.</summary>
    private bool IsInHead(SyntaxNode change, StatementSyntax statement) =>
        statement is IfStatementSyntax or SwitchStatementSyntax or UsingStatementSyntax or CommonForEachStatementSyntax or ForStatementSyntax
            or WhileStatementSyntax or DoStatementSyntax
        && !statement.DescendantNodes().Any(node => IsVariable(node) && node.FirstAncestorOrSelf<StatementSyntax>() != statement);

    /// <summary>With the statements around whose own head looks at the variable: <c>if (x > max) max = x;</c></summary>
    private StatementSyntax Widest(StatementSyntax statement) =>
        statement.Ancestors().TakeWhile(node => !Function.Is(node)).OfType<IfStatementSyntax>()
            .LastOrDefault(outer => outer.Condition.DescendantNodesAndSelf().Any(IsVariable)) ?? statement;

    private bool IsVariable(SyntaxNode node) => node is IdentifierNameSyntax name && name.Identifier.ValueText == variable.Name;

    /// <summary>Nothing in it waits or takes a lock of its own.</summary>
    private bool MayHold(SyntaxNode code) => !Function.Nodes(code).Any(node =>
        node is AwaitExpressionSyntax or RefExpressionSyntax or LockStatementSyntax or WhileStatementSyntax or DoStatementSyntax
        || finding.Symbol(node) is IMethodSymbol or IPropertySymbol && finding.Symbol(node) is { } called
            && (finding.Facts.About(called).Any(static fact => fact.Effect is Effect.Acquires or Effect.Tries or Effect.Blocks or Effect.Waits) || TakesLock(called)));

    private static bool TakesLock(ISymbol called) =>
        called.DeclaringSyntaxReferences.Any(body => body.GetSyntax().DescendantNodes().Any(node => node is LockStatementSyntax));
}
