namespace Threadwise.CodeFixes;

/// <summary>Code that comes to a field and is locked as a whole.</summary>
internal sealed record GateStep(ExpressionSyntax Use, TextSpan Extent)
{
    /// <summary>The statements, or the only expression of a function.</summary>
    public IReadOnlyList<SyntaxNode> Code { get; } = Use.Ancestors().OfType<StatementSyntax>().LastOrDefault(statement => Extent.Contains(statement.Span)) is { } outer
        ? StatementRun.Siblings(outer).Where(statement => Extent.Contains(statement.Span)).ToList()
        : [Use.Ancestors().Select(static node => node is ArrowExpressionClauseSyntax arrow ? arrow.Expression : (node as LambdaExpressionSyntax)?.ExpressionBody)
            .First(static body => body is not null)!];
}

/// <summary>The steps in which the code of a type comes to a field.</summary>
/// <remarks>A lock for each is enough where no step goes by what an earlier one has found: between the two somebody else may have come.</remarks>
internal sealed class GateSteps(Finding finding, IFieldSymbol field, TypeDeclarationSyntax type, IReadOnlyList<GateStep> steps)
{
    private readonly HashSet<ISymbol> _members = new(SymbolEqualityComparer.Default);

    public bool AreApart
    {
        get
        {
            foreach (var step in steps)
                Add(step.Use);
            var calls = Calls();
            return !calls.Exists(static call => FieldUses.IsWritten(call)
                && call.Parent is not AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression })
                && steps.Select(step => (Node: step.Use, step.Extent, IsMute: step.Code.All(IsMute)))
                    .Concat(calls.Where(call => !steps.Any(step => Holds(step, call))).Select(call => (Node: call, Extent: call.Span, IsMute: IsDropped(call))))
                    .GroupBy(step => Outermost(step.Node))
                    .All(function => function.OrderBy(static step => step.Extent.Start).ToList() is var all
                        && all.Select((step, i) => all.Skip(i + 1).All(later => step.IsMute && later.IsMute || IsEitherOr(step.Node, later.Node)))
                            .All(static isApart => isApart));
        }
    }

    private static bool Holds(GateStep step, SyntaxNode call) => step.Extent.Contains(call.Span) && Function.Around(step.Use) == Function.Around(call);

    /// <summary>The method or accessor that the code is written in.</summary>
    private static SyntaxNode Outermost(SyntaxNode node) => node.Ancestors().First(static outer =>
        outer is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or BasePropertyDeclarationSyntax or TypeDeclarationSyntax);

    /// <summary>Every place in the type that calls what comes to the field.</summary>
    private List<ExpressionSyntax> Calls()
    {
        var names = type.DescendantNodes().OfType<SimpleNameSyntax>().Where(static name => name.Parent is not (NameColonSyntax or NameEqualsSyntax)).ToList();
        for (var count = -1; count != _members.Count;)
        {
            count = _members.Count;
            foreach (var name in names.Where(name => IsCall(name)))
                Add(name);
        }

        return names.Where(IsCall).Select(static name => name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? (ExpressionSyntax)access : name)
            .ToList();
    }

    private bool IsCall(SimpleNameSyntax name) =>
        _members.Any(member => member.Name == name.Identifier.ValueText) && finding.Symbol(name)?.OriginalDefinition is { } called
        && _members.Contains(called)
        && (called is not IMethodSymbol || name.Parent is InvocationExpressionSyntax
            || name.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } or MemberBindingExpressionSyntax);

    private void Add(SyntaxNode use)
    {
        foreach (var node in use.Ancestors().TakeWhile(node => node != type))
            if (node is LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax
                && finding.Model.GetDeclaredSymbol(node, finding.Cancel) is { } member)
                _members.Add(member);
    }

    /// <summary>Changes the field's value, and gives nothing away of what it was.</summary>
    private bool IsMute(SyntaxNode code) => code switch
    {
        BlockSyntax block => block.Statements.All(IsMute),
        IfStatementSyntax test => IsPure(test.Condition) && IsMute(test.Statement) && (test.Else is null || IsMute(test.Else.Statement)),
        ExpressionStatementSyntax { Expression: var expression } => IsChange(expression),
        ExpressionSyntax expression => IsDropped(expression) && IsChange(expression),
        _ => false,
    };

    private bool IsChange(ExpressionSyntax expression) => expression switch
    {
        AssignmentExpressionSyntax change => IsAtField(change.Left) && IsPure(change.Right),
        PostfixUnaryExpressionSyntax change => IsAtField(change.Operand),
        PrefixUnaryExpressionSyntax change => IsAtField(change.Operand),
        InvocationExpressionSyntax call => IsAtField(call.Expression) && IsPure(call.ArgumentList),
        _ => false,
    };

    /// <summary>The field, its element, or a member of it.</summary>
    private bool IsAtField(ExpressionSyntax target) => target switch
    {
        _ when IsField(target) => true,
        MemberAccessExpressionSyntax access => IsAtField(access.Expression),
        ElementAccessExpressionSyntax element => IsAtField(element.Expression) && IsPure(element.ArgumentList),
        InvocationExpressionSyntax call => IsAtField(call.Expression) && IsPure(call.ArgumentList),
        _ => false,
    };

    private bool IsField(SyntaxNode node) => node is IdentifierNameSyntax or MemberAccessExpressionSyntax
        && SymbolEqualityComparer.Default.Equals(finding.Symbol(node)?.OriginalDefinition, field.OriginalDefinition);

    /// <summary>Keeps nothing that it finds, and tells it to nobody.</summary>
    private bool IsPure(SyntaxNode code) => code.DescendantNodesAndSelf().All(node =>
        node is not (AssignmentExpressionSyntax or DeclarationExpressionSyntax or DeclarationPatternSyntax or VarPatternSyntax or RecursivePatternSyntax
            or ThrowExpressionSyntax or AnonymousFunctionExpressionSyntax)
        && node is not ArgumentSyntax { RefKindKeyword.RawKind: not 0 } && !(node is ExpressionSyntax value && FieldUses.IsWritten(value))
        && (node is not InvocationExpressionSyntax call || IsAtField(call.Expression) || !call.DescendantNodes().Any(IsField)));

    /// <summary>A call on its own, whose value nobody looks at.</summary>
    private bool IsDropped(ExpressionSyntax value)
    {
        while (value.Parent is InvocationExpressionSyntax or AwaitExpressionSyntax or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" })
            value = (ExpressionSyntax)value.Parent;
        return value.Parent is ExpressionStatementSyntax
            || value.Parent is LambdaExpressionSyntax lambda && finding.Symbol(lambda) is IMethodSymbol { ReturnsVoid: true }
            || value.Parent is ArrowExpressionClauseSyntax { Parent: { } member }
                && finding.Model.GetDeclaredSymbol(member, finding.Cancel) is IMethodSymbol { ReturnsVoid: true };
    }

    /// <summary>Who has come by the first does not come by the second: it stands in another branch, or the function is left before it.</summary>
    private bool IsEitherOr(SyntaxNode first, SyntaxNode second) => Function.Around(first) is var function && Function.Around(second) == function
        && first.Ancestors().TakeWhile(node => node != function).ToList() is var around && !around.Exists(static node => node is TryStatementSyntax)
        && around.Exists(node => IsBranch(node, first, second) && !node.Ancestors().TakeWhile(outer => outer != function).Any(Birth.IsLoop)
            || node is StatementSyntax left && !left.Span.Contains(second.Span)
                && finding.Model.AnalyzeControlFlow(left) is { Succeeded: true, EndPointIsReachable: false, ExitPoints: var exits }
            && exits.All(static exit => exit is ReturnStatementSyntax));

    private static bool IsBranch(SyntaxNode node, SyntaxNode first, SyntaxNode second) => node switch
    {
        IfStatementSyntax { Else: { } otherwise } test => test.Statement.Span.Contains(first.Span) && otherwise.Span.Contains(second.Span),
        SwitchStatementSyntax choice => choice.Sections.FirstOrDefault(section => section.Span.Contains(first.Span)) is { } one
            && choice.Sections.FirstOrDefault(section => section.Span.Contains(second.Span)) is { } other && one != other
            && !choice.DescendantNodes().Any(static node => node is GotoStatementSyntax),
        _ => false,
    };
}
