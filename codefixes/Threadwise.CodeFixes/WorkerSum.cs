namespace Threadwise.CodeFixes;

/// <summary>A parallel loop whose runs do nothing with a number of the method around it but add to it.</summary>
internal sealed partial class WorkerSum
{
    private readonly Finding _finding;
    private readonly ISymbol _sum;
    private readonly LambdaExpressionSyntax _body;
    private readonly InvocationExpressionSyntax _loop;
    private readonly List<IdentifierNameSyntax> _inside;
    private readonly string _mine;

    private WorkerSum(Finding finding, ISymbol sum, LambdaExpressionSyntax body, InvocationExpressionSyntax loop, List<IdentifierNameSyntax> inside)
    {
        (_finding, _sum, _body, _loop, _inside) = (finding, sum, body, loop, inside);
        _mine = FreeName.In(Function.Member(loop), "mine");
    }

    private ITypeSymbol Type => _sum is ILocalSymbol local ? local.Type : ((IParameterSymbol)_sum).Type;

    /// <summary>Null where the loop does more with the variable, or somebody sees it before the loop is over.</summary>
    public static WorkerSum? Of(Finding finding)
    {
        if (finding.Node is not IdentifierNameSyntax name
            || finding.Symbol(name) is not { Kind: SymbolKind.Local or SymbolKind.Parameter, DeclaringSyntaxReferences: [var reference] } sum
            || Function.Around(name) is not LambdaExpressionSyntax { AsyncKeyword.RawKind: 0, AttributeLists.Count: 0 } body || LoopOf(finding, body) is not { } loop)
            return null;
        var (declared, all) = (reference.GetSyntax(finding.Cancel), Function.Member(name).DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(other => other.Identifier.ValueText == sum.Name && SymbolEqualityComparer.Default.Equals(finding.Symbol(other), sum)).ToList());
        var home = Function.Around(declared);
        var inside = all.Where(other => body.Span.Contains(other.Span)).ToList();
        var found = new WorkerSum(finding, sum, body, loop, inside);
        return Function.Around(loop) == home && Zero(found.Type) is not null && inside.All(found.IsAdded) && !IsSeenAfterFailure(loop, declared, sum, home)
            && all.Except(inside).All(other => Function.Around(other) == home
                && other.Parent is not (RefExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression })
                && !other.Ancestors().Any(static node => node is QueryExpressionSyntax)) ? found : null;
    }

    /// <summary><c>Parallel.For</c> or <c>ForEach</c> that runs this for each item.</summary>
    private static InvocationExpressionSyntax? LoopOf(Finding finding, LambdaExpressionSyntax body) =>
        body.Parent is ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax
            or MemberAccessExpressionSyntax { Name: IdentifierNameSyntax } } loop } arguments } argument
        && arguments.Arguments.Last() == argument && arguments.Arguments.All(static each => each.NameColon is null)
        && finding.Symbol(loop) is IMethodSymbol { Name: "For" or "ForEach", ContainingType: { Name: "Parallel", ContainingNamespace.Name: "Tasks" },
            Parameters: [.., { Type.Name: "Action" }] } ? loop : null;

    /// <summary>Who catches what a run throws, and then looks at the sum, would miss what that run had added.</summary>
    private static bool IsSeenAfterFailure(SyntaxNode loop, SyntaxNode declared, ISymbol sum, SyntaxNode home) =>
        loop.Ancestors().TakeWhile(node => node != home).OfType<TryStatementSyntax>()
            .Any(tried => tried.Block.Span.Contains(loop.Span) && !tried.Block.Span.Contains(declared.Span)
            && (tried.Catches.Count > 0 || tried.Finally!.DescendantTokens().Any(token => token.ValueText == sum.Name)));

    /// <summary>The name is where something is added or taken away, and nobody asks what it is then; or the same name in <c>x = x + y</c>.</summary>
    private bool IsAdded(IdentifierNameSyntax name) =>
        Function.Around(name) == _body && !name.Ancestors().Any(static node => node is CheckedExpressionSyntax or CheckedStatementSyntax) && ChangeOf(name) is { } change
        && (change.Parent is ExpressionStatementSyntax or ForStatementSyntax || change == _body.ExpressionBody)
        && !(IsWhole(Type) && _finding.Model.Compilation.Options is CSharpCompilationOptions { CheckOverflow: true })
        && Added(change)?.Value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(IsSum) != true;

    private static ExpressionSyntax? ChangeOf(IdentifierNameSyntax name) => name.Parent switch
    {
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression }
            or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } => (ExpressionSyntax)name.Parent,
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression or (int)SyntaxKind.SubtractAssignmentExpression } change when change.Left == name =>
            change,
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression,
            Right: BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression or (int)SyntaxKind.SubtractExpression, Left: IdentifierNameSyntax again } } change
                when change.Left == name && again.Identifier.ValueText == name.Identifier.ValueText => change,
        BinaryExpressionSyntax { Parent: AssignmentExpressionSyntax { Left: IdentifierNameSyntax target } change } sum when sum.Left == name && change.Right == sum
            && target.Identifier.ValueText == name.Identifier.ValueText => ChangeOf(target),
        _ => null,
    };

    /// <summary>What is added; null for one.</summary>
    private static (string Sign, ExpressionSyntax Value)? Added(ExpressionSyntax change) => change switch
    {
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Right: BinaryExpressionSyntax sum } => (sum.OperatorToken.Text, sum.Right),
        AssignmentExpressionSyntax assignment => (assignment.OperatorToken.Text.TrimEnd('='), assignment.Right),
        _ => null,
    };

    private bool IsSum(SyntaxNode node) => SymbolEqualityComparer.Default.Equals(_finding.Symbol(node), _sum);

    private static bool IsWhole(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_UInt32 or SpecialType.System_UInt64;

    private static string? Zero(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Int32 => "0",
        SpecialType.System_Int64 => "0L",
        SpecialType.System_UInt32 => "0U",
        SpecialType.System_UInt64 => "0UL",
        SpecialType.System_Single => "0F",
        SpecialType.System_Double => "0D",
        SpecialType.System_Decimal => "0M",
        _ => null,
    };
}
