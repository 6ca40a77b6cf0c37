using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The code waits first, and reads the state when it writes it; or others wait until it has.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StaleReadAcrossAwaitFix))]
public sealed class StaleReadAcrossAwaitFix() : Fix("TW1013", "Read it after the await", "Hold an asynchronous lock")
{
    private protected override Patch? For(Finding finding) =>
        finding.Node is not AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax { Parent: BlockSyntax block } statement, Right: var value } write
            || finding.Symbol(write.Left) is not { } state
            || !finding.Layout.StartsLine(statement.GetFirstToken()) ? null
        : value.DescendantNodesAndSelf().Any(static node => node is AwaitExpressionSyntax) ? Hoisted(finding, statement, value, state)
        : Reread(finding, block, statement, value, state);

    private protected override Patch? OtherFor(Finding finding) =>
        finding.Node is AssignmentExpressionSyntax write && finding.Symbol(write.Left) is IFieldSymbol field ? AsyncGate.For(finding, field.OriginalDefinition) : null;

    /// <summary>The only await of the value becomes a statement of its own.</summary>
    private static Patch? Hoisted(Finding finding, StatementSyntax statement, ExpressionSyntax value, ISymbol state)
    {
        if (Function.Nodes(value).OfType<AwaitExpressionSyntax>().ToList() is not [var awaited] || !IsUnconditional(awaited, value) || Mentions(finding, awaited, state)
            || Function.Nodes(value).Any(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AssignmentExpressionSyntax
                && !awaited.Span.Contains(node.Span)))
            return null;
        var name = FreeName.In(Function.Around(statement), "added");
        return finding.Patch(statement)
            .Before(statement.SpanStart, $"var {name} = {awaited};{finding.Layout.NewLine}{finding.Layout.Indentation(statement.SpanStart)}")
            .Replace(awaited.Span, name);
    }

    /// <summary>The local that remembers the state is declared behind the await, where nothing in between needs it.</summary>
    private static Patch? Reread(Finding finding, BlockSyntax block, ExpressionStatementSyntax statement, ExpressionSyntax value, ISymbol state)
    {
        foreach (var name in value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
            if (finding.Symbol(name) is ILocalSymbol { DeclaringSyntaxReferences: [var reference] } local
                && reference.GetSyntax(finding.Cancel) is VariableDeclaratorSyntax { Initializer.Value: var read,
                    Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } declared } }
                && declared.Parent == block && Mentions(finding, read, state) && read.DescendantNodesAndSelf().All(IsPlain))
                return block.Statements.SkipWhile(other => other != declared).Skip(1)
                    .TakeWhile(other => other != statement)
                    .All(other => !Mentions(finding, other, local) && other is not (LabeledStatementSyntax or LocalFunctionStatementSyntax))
                        ? Moved(finding, declared, statement)
                        : null;
        return null;
    }

    private static Patch? Moved(Finding finding, LocalDeclarationStatementSyntax declared, StatementSyntax statement)
    {
        var layout = finding.Layout;
        return layout.StartsLine(declared.GetFirstToken()) && layout.EndsLine(declared.GetLastToken()) && declared.DescendantTrivia().All(Layout.IsBlank)
            ? new Patch(finding.Root, TextSpan.FromBounds(declared.SpanStart, statement.Span.End), alone: true)
                .Replace(TextSpan.FromBounds(layout.StartOfLine(declared.GetFirstToken()), declared.GetLastToken().TrailingTrivia.Span.End), "")
                .Before(statement.SpanStart, declared.WithoutTrivia() + layout.NewLine + layout.Indentation(statement.SpanStart))
            : null;
    }

    /// <summary>Has the same meaning wherever in the block it stands.</summary>
    private static bool IsPlain(SyntaxNode node) =>
        node is IdentifierNameSyntax or LiteralExpressionSyntax or ThisExpressionSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }
            or BinaryExpressionSyntax or ParenthesizedExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression };

    private static bool IsUnconditional(SyntaxNode awaited, SyntaxNode value) => awaited.AncestorsAndSelf().TakeWhile(outer => outer != value.Parent).All(static outer =>
        outer is not (ConditionalExpressionSyntax or SwitchExpressionSyntax or ConditionalAccessExpressionSyntax) && !outer.IsKind(SyntaxKind.CoalesceExpression)
            && !outer.IsKind(SyntaxKind.LogicalAndExpression) && !outer.IsKind(SyntaxKind.LogicalOrExpression));

    private static bool Mentions(Finding finding, SyntaxNode code, ISymbol symbol) =>
        code.DescendantNodesAndSelf().Any(node => node is IdentifierNameSyntax name && name.Identifier.ValueText == symbol.Name
            && SymbolEqualityComparer.Default.Equals(finding.Symbol(name), symbol));
}
