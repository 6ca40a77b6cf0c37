using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>What the scope that starts work would dispose of is disposed of by the work, which alone uses it.</summary>
/// <remarks>The scope makes it, starts the work, and does nothing more, so that it can neither fail in between nor tell the work to end.</remarks>
internal sealed class OwnedByWork
{
    private readonly Finding _finding;
    private readonly ILocalSymbol _owned;
    private readonly WorkCode _work;
    private readonly StatementSyntax _scope;

    private OwnedByWork(Finding finding, ILocalSymbol owned, WorkCode work, StatementSyntax scope) =>
        (_finding, _owned, _work, _scope) = (finding, owned, work, scope);

    public static Patch? For(Finding finding)
    {
        if (finding.Symbol(finding.Node) is not ILocalSymbol { Type: { IsReferenceType: true, TypeKind: not TypeKind.Dynamic },
            DeclaringSyntaxReferences: [var declared] } owned
            || declared.GetSyntax(finding.Cancel) is not VariableDeclaratorSyntax { Initializer.Value: { } made,
                Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration }
            || declaration.Parent is not StatementSyntax { Parent: BlockSyntax } scope || UsingScope.Of(scope) is not { } written
            || WorkCode.Around(finding, finding.Node) is not { } work
            || written.Statements.FirstOrDefault(statement => statement.Span.Contains(work.Start.Span)) is not { } start
            || WorkStart.Of(finding, work, start) is not { } started)
            return null;
        var moved = new OwnedByWork(finding, owned, work, scope);
        return moved.MayBeMade(made) && moved.MayEndWithWork(written) && moved.IsOnlyUsedByWork() && !moved.IsMentionedBehind(made, written)
            && written.Statements.Except(started.Statements).All(statement => SureCode.Is(finding, statement))
            && (started.IsDropped || work.Result is null || PlainValue.Is(work.Result))
            ? written.Move(finding, work, owned.Name) : null;
    }

    /// <summary>It is new, and not a part of what others dispose of.</summary>
    private bool MayBeMade(ExpressionSyntax made) =>
        Bare(made) is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax && made.DescendantNodesAndSelf().All(MayBePart)
        && (_finding.Symbol(Bare(made)) is not { } member || !_finding.Facts.About(member).Any(static fact => fact.Effect is Effect.Acquires or Effect.Tries));

    private bool MayBePart(SyntaxNode node) => node switch
    {
        AnonymousFunctionExpressionSyntax or AssignmentExpressionSyntax { Parent: not InitializerExpressionSyntax } or ArgumentSyntax { RefKindKeyword.RawKind: not 0 } =>
            false,
        IdentifierNameSyntax name => _finding.Symbol(name) switch
        {
            ILocalSymbol local => !IsDisposable(local.Type),
            IParameterSymbol parameter => !IsDisposable(parameter.Type),
            _ => true,
        },
        _ => true,
    };

    private static ExpressionSyntax Bare(ExpressionSyntax made) => made switch
    {
        ParenthesizedExpressionSyntax inner => Bare(inner.Expression),
        AwaitExpressionSyntax awaited => Bare(awaited.Expression),
        _ => made,
    };

    private static bool IsDisposable(ITypeSymbol type) => type.AllInterfaces.Append(type).Any(static contract => contract.Name is "IDisposable" or "IAsyncDisposable");

    /// <summary>Any thread may dispose of it, at any time, in every build: it is more than a scope, and nothing around it is given back later.</summary>
    /// <remarks>Only asynchronous work can await that, and code that did has something else to await.</remarks>
    private bool MayEndWithWork(UsingScope written) =>
        _owned.Type.Name is not ("IDisposable" or "IAsyncDisposable" or "TransactionScope" or "Activity" or "IOperationHolder" or "IScope")
        && _finding.Facts.About(_owned.Type, Effect.Confined) is null
        && !ThreadBound.Is(_finding, _scope) && !_scope.Parent!.DescendantTrivia().Any(StatementRun.IsConditional)
        && (!written.IsAwaited || _work.Code.AsyncKeyword.RawKind != 0 && Function.Nodes(Function.Around(_scope)).Any(static node => node is AwaitExpressionSyntax))
        && Around.All(static outer => outer is not (UsingStatementSyntax or LockStatementSyntax or FixedStatementSyntax or TryStatementSyntax { Finally: not null }))
        && !Around.Prepend(_scope).Any(IsInOtherUsing);

    private IEnumerable<SyntaxNode> Around => _scope.Ancestors().TakeWhile(static outer => !Function.Is(outer));

    private static bool IsInOtherUsing(SyntaxNode statement) => statement.Parent is BlockSyntax block
        && block.Statements.TakeWhile(before => before != statement).Any(static before => before is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 });

    private bool IsOnlyUsedByWork() => _work.EndsAll(Function.Around(_scope).DescendantNodes().OfType<IdentifierNameSyntax>()
        .Where(name => name.Identifier.ValueText == _owned.Name && SymbolEqualityComparer.Default.Equals(_finding.Symbol(name), _owned)));

    /// <summary>Code behind the scope, or its next round, is about what the object was made of, as a file that is opened and then moved.</summary>
    private bool IsMentionedBehind(ExpressionSyntax made, UsingScope written)
    {
        var of = made.DescendantTokens().Where(token => token.IsKind(SyntaxKind.StringLiteralToken)
            || token.IsKind(SyntaxKind.IdentifierToken) && _finding.Symbol(token.Parent!) is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol)
                .ToList();
        var loop = Around.FirstOrDefault(static outer => outer is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax);
        bool IsOfRound(SyntaxToken token) =>
            _finding.Symbol(token.Parent!) is ILocalSymbol { DeclaringSyntaxReferences: [var declared] } && loop!.Span.Contains(declared.Span);
        return loop is not null && !of.Exists(IsOfRound)
            || Function.Around(_scope).DescendantTokens().Any(token => token.SpanStart >= written.End && of.Exists(part => part.ValueText == token.ValueText));
    }
}
