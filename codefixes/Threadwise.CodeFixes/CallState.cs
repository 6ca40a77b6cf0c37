namespace Threadwise.CodeFixes;

/// <summary>A private field that holds what belongs to one call: the methods that begin with it, and those that are told by it what the call is about.</summary>
internal sealed partial class CallState
{
    private readonly Finding _finding;
    private readonly IFieldSymbol _field;
    private readonly FieldDeclarationSyntax _declaration;
    private readonly ILookup<MethodDeclarationSyntax, ExpressionSyntax> _uses;
    private readonly List<MethodDeclarationSyntax> _begun;
    private readonly List<MethodDeclarationSyntax> _told = [];
    private readonly List<InvocationExpressionSyntax> _calls = [];

    private CallState(Finding finding, IFieldSymbol field, FieldDeclarationSyntax declaration, ILookup<MethodDeclarationSyntax, ExpressionSyntax> uses)
    {
        (_finding, _field, _declaration, _uses) = (finding, field, declaration, uses);
        _begun = uses.Where(static own => Beginning(own) is not null).Select(static own => own.Key).ToList();
    }

    private TypeDeclarationSyntax Type => (TypeDeclarationSyntax)_declaration.Parent!;

    /// <summary>Null where other code may see the field, or where a variable of the call would not hold what the field does.</summary>
    public static CallState? Of(Finding finding, IFieldSymbol field)
    {
        if (field is not { IsStatic: false, IsVolatile: false, DeclaredAccessibility: Accessibility.Private, DeclaringSyntaxReferences: [var declared],
            ContainingType: { DeclaringSyntaxReferences.Length: 1 } owner }
            || declared.GetSyntax(finding.Cancel) is not VariableDeclaratorSyntax { Initializer: var initial,
                Parent: VariableDeclarationSyntax { Variables.Count: 1,
                    Parent: FieldDeclarationSyntax { AttributeLists.Count: 0, Parent: TypeDeclarationSyntax type } declaration } }
            || initial is not null && !IsPlain(finding, initial.Value) || !GateField.MayDeclare(owner, type, isStatic: false)
            || type.DescendantTrivia().Any(StatementRun.IsConditional) || declaration.DescendantTrivia().Any(static trivia => !Layout.IsBlank(trivia))
            || FieldUses.Of(finding, field) is not { } uses
            || !uses.All(use => IsOwn(use) && !IsChangedInPlace(field.Type, use) && MethodOf(use) is { } method && method.Parent == type))
            return null;
        var state = new CallState(finding, field, declaration, uses.Every.ToLookup(use => MethodOf(use)!));
        return state.FindTold() && !state.BeginsAgain() && state.IsSteady() ? state : null;
    }

    private static bool IsPlain(Finding finding, ExpressionSyntax value) => KeyedCall.Bare(value) is var bare
        && (bare is PostfixUnaryExpressionSyntax { Operand: var inner }
            ? IsPlain(finding, inner)
            : finding.Model.GetConstantValue(bare, finding.Cancel).HasValue || bare is DefaultExpressionSyntax or LiteralExpressionSyntax
                || bare.ToString() is "string.Empty" or "String.Empty");

    /// <summary>Of this object, as a value and not by name or reference.</summary>
    private static bool IsOwn(ExpressionSyntax use) =>
        use is IdentifierNameSyntax { Parent: not (NameColonSyntax or NameEqualsSyntax or RefExpressionSyntax
            or AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax }) } or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax,
                Parent: not RefExpressionSyntax }
        && !use.Ancestors().TakeWhile(static node => node is not StatementSyntax)
            .Any(node => node is TupleExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } && assignment.Left == node
            || node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } }
                or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression });

    /// <summary>A member of a value is called, which may change it: a helper that has a copy would change that.</summary>
    private static bool IsChangedInPlace(ITypeSymbol type, ExpressionSyntax use) =>
        type is { IsValueType: true, IsReadOnly: false, SpecialType: SpecialType.None, TypeKind: not TypeKind.Enum }
            && use.Parent is (MemberAccessExpressionSyntax or ElementAccessExpressionSyntax);

    /// <summary>The method the code is in, if it runs when that does.</summary>
    private static MethodDeclarationSyntax? MethodOf(SyntaxNode code) =>
        Function.Around(code) is MethodDeclarationSyntax method && !method.Modifiers.Any(SyntaxKind.StaticKeyword)
            && !code.Ancestors().Any(static node => node is QueryExpressionSyntax) ? method : null;

    /// <summary>The statement by which a method gives the field its value before anything else.</summary>
    private static AssignmentExpressionSyntax? Beginning(IEnumerable<ExpressionSyntax> uses) =>
        uses.First() is { Parent: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression,
            Parent: ExpressionStatementSyntax { Parent: BlockSyntax } } begun } first
        && begun.Left == first && uses.Skip(1).All(use => !begun.Span.Contains(use.Span)) ? begun : null;

    /// <summary>Those that read without having written, and those that call them so.</summary>
    private bool FindTold()
    {
        var pending = new Queue<MethodDeclarationSyntax>(_uses.Select(static own => own.Key).Except(_begun));
        while (pending.Count > 0)
        {
            var method = pending.Dequeue();
            if (_told.Contains(method))
                continue;
            if (!MayBeTold(method) || CallsOf(method) is not { Count: > 0 } calls)
                return false;
            _told.Add(method);
            _calls.AddRange(calls);
            foreach (var caller in calls.Select(static call => MethodOf(call)!).Where(caller => !_begun.Contains(caller)))
                pending.Enqueue(caller);
        }

        return _begun.Count > 0;
    }

    /// <summary>Nobody else calls it, it changes nothing of the value, and one more parameter makes it no other method.</summary>
    private bool MayBeTold(MethodDeclarationSyntax method) =>
        _finding.Model.GetDeclaredSymbol(method, _finding.Cancel) is { DeclaredAccessibility: Accessibility.Private, IsStatic: false, ContainingType: var owner } symbol
        && method is { AttributeLists.Count: 0, ExplicitInterfaceSpecifier: null } && !method.Modifiers.Any(SyntaxKind.PartialKeyword)
        && !method.Modifiers.Any(SyntaxKind.ExternKeyword)
        && owner.GetMembers(symbol.Name).Length == 1 && !Above(owner).Any(type => type.MemberNames.Contains(symbol.Name))
        && _uses[method].All(static use => !FieldUses.IsWritten(use));

    private static IEnumerable<INamedTypeSymbol> Above(INamedTypeSymbol type)
    {
        for (var above = type.BaseType; above is not null; above = above.BaseType)
            yield return above;
    }

    /// <summary>Null where something else than a call by this object names the method.</summary>
    private List<InvocationExpressionSyntax>? CallsOf(MethodDeclarationSyntax method)
    {
        var calls = new List<InvocationExpressionSyntax>();
        foreach (var name in Type.DescendantNodes().OfType<SimpleNameSyntax>().Where(name => name.Identifier.ValueText == method.Identifier.ValueText))
            if ((name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own
                ? own
                : (ExpressionSyntax)name).Parent is InvocationExpressionSyntax call && call.Expression.Span.Contains(name.Span) && MethodOf(call)?.Parent == Type)
                calls.Add(call);
            else if (SymbolEqualityComparer.Default.Equals(_finding.Symbol(name)?.OriginalDefinition, _finding.Model.GetDeclaredSymbol(method, _finding.Cancel))
                || _finding.Symbol(name) is null)
                return null;
        return calls;
    }

    /// <summary>A call begins anew inside a call, whose value the field would have from then on.</summary>
    private bool BeginsAgain()
    {
        var (pending, seen) = (new Queue<SyntaxNode>(_begun.Concat(_told)), new HashSet<SyntaxNode>(_begun.Concat(_told)));
        while (pending.Count > 0)
            foreach (var name in pending.Dequeue().DescendantNodes().OfType<SimpleNameSyntax>())
                if (_finding.Symbol(name)?.OriginalDefinition is (IMethodSymbol or IPropertySymbol) and { DeclaringSyntaxReferences: [var declared] }
                    && declared.GetSyntax(_finding.Cancel) is var called && Type.Span.Contains(called.Span) && called.SyntaxTree == Type.SyntaxTree)
                {
                    if (_begun.Exists(method => method == called))
                        return true;
                    if (seen.Add(called))
                        pending.Enqueue(called);
                }

        return false;
    }

    /// <summary>What is handed on is what the field has for as long as it is looked at.</summary>
    private bool IsSteady() => _begun.All(method => _uses[method].Count(FieldUses.IsWritten) == 1)
        || _told.All(static method => !method.Modifiers.Any(SyntaxKind.AsyncKeyword) && !method.DescendantNodes().Any(static node => node is YieldStatementSyntax));
}
