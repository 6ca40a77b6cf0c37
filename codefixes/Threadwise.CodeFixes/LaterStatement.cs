namespace Threadwise.CodeFixes;

/// <summary>A statement that can take place after others of its block, without a change of what either of them does.</summary>
internal sealed class LaterStatement
{
    private readonly Finding _finding;
    private readonly StatementSyntax _moved;
    private readonly bool _seesInside;
    private readonly HashSet<ISymbol> _read, _written;

    /// <param name="seesInside">What objects hold counts with them: who changes one writes it.</param>
    private LaterStatement(Finding finding, StatementSyntax moved, bool seesInside = false)
    {
        (_finding, _moved, _seesInside) = (finding, moved, seesInside);
        (_read, _written) = Uses(moved);
    }

    /// <summary>The statement around the first node goes behind the one around the second, or as far behind it as others like that follow; null if it has to stay.</summary>
    /// <param name="isSameKind">Of the statements further on: what is left before them would be found again.</param>
    public static Patch? Behind(Finding finding, SyntaxNode moved, SyntaxNode last, Func<StatementSyntax, bool> isSameKind)
    {
        if (StatementOf(moved) is not { Parent: BlockSyntax { Statements: var all } block } statement || StatementIn(block, last) is not { } needed
            || all.IndexOf(needed) <= all.IndexOf(statement))
            return null;
        var (later, first, at) = (new LaterStatement(finding, statement), all.IndexOf(statement) + 1, all.IndexOf(needed));
        if (!later.IsSimple || !all.Skip(first).Take(at - first + 1).All(later.MayPass))
            return null;
        for (var next = at + 1; next < all.Count && later.MayPass(all[next]); next++)
            if (isSameKind(all[next]))
                at = next;
        return later.Write(block, all[at]);
    }

    /// <summary>The statement around the node, if it may as well come after all others of its block.</summary>
    public static StatementSyntax? Last(Finding finding, SyntaxNode moved) => StatementOf(moved) is { Parent: BlockSyntax { Statements: var all } } statement
        && new LaterStatement(finding, statement, seesInside: true) is { IsSimple: true } later && all.Skip(all.IndexOf(statement) + 1).All(later.MayPass) ? statement : null;

    /// <summary>Something below gives a member of the object itself a value.</summary>
    public static bool WritesMember(Finding finding, StatementSyntax statement) => Function.Nodes(statement).Any(node =>
        node is AssignmentExpressionSyntax { Left: (IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }) and var target }
            && finding.Symbol(target) is IFieldSymbol { IsStatic: false } or IPropertySymbol { IsStatic: false });

    private static StatementSyntax? StatementOf(SyntaxNode node) =>
        node.AncestorsAndSelf().TakeWhile(static outer => outer is not (BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax))
        .OfType<StatementSyntax>().FirstOrDefault(static statement => statement.Parent is BlockSyntax { Parent: not AnonymousFunctionExpressionSyntax });

    private static StatementSyntax? StatementIn(BlockSyntax block, SyntaxNode node) =>
        node.AncestorsAndSelf().OfType<StatementSyntax>().FirstOrDefault(statement => statement.Parent == block);

    /// <summary>One call, creation or assignment of what is at hand, on lines of its own, with no comment that would be left alone.</summary>
    private bool IsSimple =>
        (_moved is ExpressionStatementSyntax || _moved is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Declaration.Variables.Count: 1 })
        && _finding.Layout.StartsLine(_moved.GetFirstToken()) && _finding.Layout.EndsLine(_moved.GetLastToken())
        && _moved.DescendantTrivia().All(Layout.IsBlank)
        && Function.Nodes(_moved).All(IsAtHand);

    private bool IsAtHand(SyntaxNode node) =>
        node is not (AwaitExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression } or QueryExpressionSyntax
            or ConditionalAccessExpressionSyntax or BinaryExpressionSyntax { RawKind: not (int)SyntaxKind.AsExpression })
        && !(node is AssignmentExpressionSyntax and not { RawKind: (int)SyntaxKind.SimpleAssignmentExpression or (int)SyntaxKind.AddAssignmentExpression })
        && !(node is IdentifierNameSyntax && _finding.Symbol(node) is IPropertySymbol { IsStatic: false } property && !IsPlain(property));

    /// <summary>Neither waits, leaves the block, nor calls what nobody knows; and has nothing to do with what the moved statement reads and writes.</summary>
    private bool MayPass(StatementSyntax statement)
    {
        if (!Function.Nodes(statement).All(IsHarmless)
            || statement.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => _finding.Symbol(name) is { } used && _written.Contains(used)))
            return false;
        var (_, written) = Uses(statement);
        return !written.Overlaps(_read);
    }

    private bool IsHarmless(SyntaxNode node) => node switch
    {
        AwaitExpressionSyntax or YieldStatementSyntax or ReturnStatementSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or GotoStatementSyntax
            or LabeledStatementSyntax or LocalFunctionStatementSyntax
            or ForEachVariableStatementSyntax or LockStatementSyntax or TryStatementSyntax or UsingStatementSyntax
                or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } or WhileStatementSyntax or DoStatementSyntax => false,
        ForEachStatementSyntax loop => loop.AwaitKeyword.RawKind == 0
            && _finding.Model.GetTypeInfo(loop.Expression, _finding.Cancel).Type is IArrayTypeSymbol or INamedTypeSymbol { TypeKind: not TypeKind.Interface }
            && IsOfMemory(_finding.Model.GetTypeInfo(loop.Expression, _finding.Cancel).Type),
        InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or IdentifierNameSyntax or ElementAccessExpressionSyntax or BinaryExpressionSyntax
            or PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax or AssignmentExpressionSyntax => _finding.Symbol(node) switch
        {
            IMethodSymbol { MethodKind: MethodKind.BuiltinOperator } => true,
            IMethodSymbol { MethodKind: MethodKind.Constructor, IsImplicitlyDeclared: true } => true,
            IMethodSymbol method => node is IdentifierNameSyntax
                && node.Parent is not InvocationExpressionSyntax and not MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax }
                    || IsOfMemory(method.ContainingType),
            IPropertySymbol property => IsPlain(property) || IsOfMemory(property.ContainingType),
            IEventSymbol => false,
            _ => true,
        },
        _ => true,
    };

    /// <summary>Its members only look at, and change, what is in memory.</summary>
    private static bool IsOfMemory(ITypeSymbol? type) =>
        type is IArrayTypeSymbol || type is not null && (type.ContainingNamespace?.ToDisplayString().StartsWith("System.Collections", StringComparison.Ordinal) == true
        || type is { SpecialType: not SpecialType.None }
        || type is { ContainingNamespace.Name: "System", Name: "Math" or "Array" or "TimeSpan" or "DateTime" or "DateTimeOffset" or "Guid" });

    private static bool IsPlain(IPropertySymbol property) => property.DeclaringSyntaxReferences is [var written]
        && written.GetSyntax() is PropertyDeclarationSyntax { ExpressionBody: null, AccessorList.Accessors: var accessors }
        && accessors.All(static accessor => accessor is { Body: null, ExpressionBody: null });

    /// <summary>The variables that a statement itself reads and writes; what functions in it do, they do later.</summary>
    private (HashSet<ISymbol> Read, HashSet<ISymbol> Written) Uses(StatementSyntax statement)
    {
        var (read, written) = (new HashSet<ISymbol>(SymbolEqualityComparer.Default), new HashSet<ISymbol>(SymbolEqualityComparer.Default));
        foreach (var node in Function.Nodes(statement))
            if (node is VariableDeclaratorSyntax or SingleVariableDesignationSyntax && _finding.Model.GetDeclaredSymbol(node, _finding.Cancel) is { } declared)
                written.Add(declared);
            else if (node is IdentifierNameSyntax name && _finding.Symbol(name) is IFieldSymbol or IPropertySymbol or ILocalSymbol or IParameterSymbol)
            {
                (IsTarget(name) ? written : read).Add(_finding.Symbol(name)!);
                if (_seesInside && MayChange(name))
                    written.Add(_finding.Symbol(name)!);
            }

        return (read, written);
    }

    /// <summary>What the variable stands for may be changed by a call, or gets an element.</summary>
    private bool MayChange(IdentifierNameSyntax name)
    {
        var whole = name.Parent is MemberAccessExpressionSyntax outer && outer.Name == name ? outer : (ExpressionSyntax)name;
        return _finding.Model.GetTypeInfo(whole, _finding.Cancel).Type is { } type && (type is IArrayTypeSymbol || !PlainValue.Is(type)) && whole.Parent switch
        {
            MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } access => access.Expression == whole,
            ElementAccessExpressionSyntax element => element.Expression == whole && FieldUses.IsWritten(element),
            ConditionalAccessExpressionSyntax access => access.Expression == whole,
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } =>
                _finding.Symbol(call) is IMethodSymbol { IsStatic: true, ContainingType.SpecialType: SpecialType.System_Array },
            _ => false,
        };
    }

    private static bool IsTarget(IdentifierNameSyntax name) =>
        FieldUses.IsWritten(name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name);

    private Patch Write(BlockSyntax block, StatementSyntax last)
    {
        var layout = _finding.Layout;
        var (start, end) = (layout.StartOfLine(_moved.GetFirstToken()), _moved.GetLastToken().TrailingTrivia.Span.End);
        return new Patch(_finding.Root, TextSpan.FromBounds(_moved.SpanStart, last.Span.End), alone: true)
            .Replace(TextSpan.FromBounds(start, end), "")
            .After(Layout.EndOfLine(last.GetLastToken()), layout.NewLine + layout.Indentation(_moved.SpanStart) + _moved);
    }
}
