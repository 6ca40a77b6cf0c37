namespace Threadwise.CodeFixes;

/// <summary>A local or private field whose collection becomes one that is made for several threads, with every use written for that.</summary>
internal sealed class ConcurrentForm
{
    private readonly Finding _finding;
    private readonly ISymbol _variable;
    private readonly INamedTypeSymbol _type, _other;
    private readonly ConcurrentTwin _twin;
    private readonly IReadOnlyList<ExpressionSyntax> _uses;
    private readonly LastUse? _last;
    private readonly Patch _patch;
    private readonly bool _isPlain;

    private ConcurrentForm(Finding finding, ISymbol variable, VariableDeclaratorSyntax declarator, INamedTypeSymbol type, ConcurrentTwin twin, INamedTypeSymbol other,
        IReadOnlyList<ExpressionSyntax> uses, bool isPlain)
    {
        (_finding, _variable, _type, _twin, _other, _uses, _isPlain) = (finding, variable, type, twin, other, uses, isPlain);
        _last = variable is ILocalSymbol ? new LastUse(finding, declarator, uses) : null;
        _patch = new Patch(finding.Root,
            (variable is ILocalSymbol ? Function.Member(declarator) : declarator.FirstAncestorOrSelf<TypeDeclarationSyntax>()!).Span, alone: false);
    }

    public static Patch? Of(Finding finding)
    {
        if (finding.Node is not ExpressionSyntax named || finding.Symbol(named) is not { DeclaringSyntaxReferences: [var reference] } variable
            || reference.SyntaxTree != finding.Root.SyntaxTree
            || reference.GetSyntax(finding.Cancel) is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } declaration } declarator
            || declarator.Initializer?.Value is not BaseObjectCreationExpressionSyntax { Initializer: null } made || !IsEmpty(finding, made)
            || finding.Model.GetTypeInfo(made, finding.Cancel) is not { Type: INamedTypeSymbol type, ConvertedType: var declared }
            || !SymbolEqualityComparer.Default.Equals(type, declared)
            || ConcurrentTwin.Of(type) is not { } twin || twin.Type(finding.Model.Compilation, type) is not { } other || ConcurrentTwin.IsSet(type) && MayHoldNull(type)
            || Uses(finding, variable, declarator) is not { } uses)
            return null;
        var form = new ConcurrentForm(finding, variable, declarator, type, twin, other, uses, made.ArgumentList is null or { Arguments.Count: 0 });
        return form.IsOneStepEach() && uses.All(form.Write) ? form.Declare(declaration, made) : null;
    }

    /// <summary>It starts with nothing in it, and may compare in a way of its own.</summary>
    private static bool IsEmpty(Finding finding, BaseObjectCreationExpressionSyntax made) => made.ArgumentList is null or { Arguments.Count: 0 }
        || made.ArgumentList.Arguments is [{ NameColon: null, Expression: MemberAccessExpressionSyntax only }]
            && finding.Symbol(only) is IPropertySymbol { IsStatic: true, DeclaringSyntaxReferences.IsEmpty: true }
            && finding.Model.GetTypeInfo(only, finding.Cancel).ConvertedType is { Name: "IEqualityComparer" };

    /// <summary>Which keys cannot be.</summary>
    private static bool MayHoldNull(INamedTypeSymbol type) => type.TypeArguments[0] is var element
        && (element.IsValueType
            ? element.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
            : element is not { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated });

    private static IReadOnlyList<ExpressionSyntax>? Uses(Finding finding, ISymbol variable, VariableDeclaratorSyntax declarator) => variable switch
    {
        ILocalSymbol => Function.Member(declarator).DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == variable.Name && SymbolEqualityComparer.Default.Equals(finding.Symbol(name), variable)).ToList(),
        IFieldSymbol { IsReadOnly: true, DeclaredAccessibility: Accessibility.Private } field
            when declarator is { Parent.Parent: FieldDeclarationSyntax { AttributeLists.Count: 0, Parent: TypeDeclarationSyntax type } }
            && !type.Modifiers.Any(SyntaxKind.PartialKeyword) && !field.ContainingType.IsRecord && GateField.MayDeclare(field.ContainingType, type, field.IsStatic) =>
                FieldUses.Of(finding, field)?.Every,
        _ => null,
    };

    /// <summary>Code that runs beside other code comes to it once, or only to add: what it has seen may be different in the next moment.</summary>
    private bool IsOneStepEach() => _uses.GroupBy(Function.Around).All(function => _last?.IsHome(function.Key) == true && !function.Contains(_finding.Node)
        || _variable is IFieldSymbol && function.Key is ConstructorDeclarationSyntax || function.Count() == 1 || function.All(IsAddition));

    private bool IsAddition(ExpressionSyntax use) => use.Parent switch
    {
        MemberAccessExpressionSyntax member => member.Expression == use && ConcurrentTwin.IsAddition(member.Name.Identifier.ValueText),
        ElementAccessExpressionSyntax { Parent: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment } element =>
            assignment.Left == element,
        _ => false,
    };

    private bool Write(ExpressionSyntax use) => !IsTranslated(use) && use.Parent switch
    {
        MemberAccessExpressionSyntax member when member.Expression == use =>
            _finding.Symbol(member) is IMethodSymbol { ReducedFrom.Parameters: [var self, ..] }
                ? member.Parent is InvocationExpressionSyntax && MayTake(self.Type) && Give(use)
                : Rename(member),
        ElementAccessExpressionSyntax element => element.Expression == use && (!FieldUses.IsWritten(element) || IsAddition(use)),
        CommonForEachStatementSyntax { AwaitKeyword.RawKind: 0 } => Give(use, isNow: true),
        ArgumentSyntax { RefKindKeyword.RawKind: 0, Parent: ArgumentListSyntax { Parent: { } call } } =>
            call is not InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } && Hand(use),
        ReturnStatementSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax => Hand(use),
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment => assignment.Right == use && Hand(use),
        _ => false,
    };

    /// <summary>Read as data, and not run.</summary>
    private bool IsTranslated(SyntaxNode use) => use.Ancestors().OfType<LambdaExpressionSyntax>()
        .Any(lambda => _finding.Model.GetTypeInfo(lambda, _finding.Cancel).ConvertedType is { Name: "Expression" });

    /// <summary>The member is called otherwise, or asked for nothing.</summary>
    private bool Rename(MemberAccessExpressionSyntax member)
    {
        var (name, call) = (member.Name, member.Parent as InvocationExpressionSyntax);
        if (name is not IdentifierNameSyntax || _finding.Symbol(member) is not { } used
            || !SymbolEqualityComparer.Default.Equals(used.ContainingType?.OriginalDefinition, _type.OriginalDefinition)
            || _twin.Member(name.Identifier.ValueText) is not { } other)
            return false;
        if (other != name.Identifier.ValueText)
            _patch.Replace(name.Span, other);
        var more = other == "TryAdd" && ConcurrentTwin.IsSet(_type) ? ", 0" : other == "TryRemove" && call?.ArgumentList.Arguments.Count == 1 ? ", out _" : "";
        if (more.Length > 0 && call is { ArgumentList.Arguments: [{ NameColon: null } only] } && call.Expression == member)
            _patch.After(only.Span.End, more);
        return (used is IPropertySymbol || call?.Expression == member || more.Length == 0 && other is "Enqueue" or "Push")
            && call?.ArgumentList.Arguments.Any(static argument => argument.NameColon is not null) != true
            && (other is not ("Keys" or "Values") || member.Parent is CommonForEachStatementSyntax
                || member.Parent is MemberAccessExpressionSyntax && _last?.IsBehind(member) == true);
    }

    /// <summary>What goes through all elements can do so here; of a set the elements are keys, and those are a copy.</summary>
    private bool Give(ExpressionSyntax use, bool isNow = false)
    {
        if (ConcurrentTwin.IsSet(_type))
            _patch.After(use.Span.End, ".Keys");
        return !ConcurrentTwin.IsSet(_type) || isNow || _last?.IsBehind(use) == true;
    }

    private static bool MayTake(ITypeSymbol wanted) =>
        wanted.OriginalDefinition is { SpecialType: SpecialType.System_Collections_IEnumerable or SpecialType.System_Collections_Generic_IEnumerable_T };

    /// <summary>As what it is taken for; where that has to be the old collection, a copy is as good if nobody uses this one any more.</summary>
    private bool Hand(ExpressionSyntax use)
    {
        if (_finding.Model.GetTypeInfo(use, _finding.Cancel).ConvertedType is not { } wanted)
            return false;
        if (MayTake(wanted) || wanted is { Name: "IReadOnlyCollection" or "IReadOnlyDictionary" } && !ConcurrentTwin.IsSet(_type))
            return Give(use);
        if (_last?.Is(use) != true || !_isPlain || _type.Name == "Stack"
            || !SymbolEqualityComparer.Default.Equals(wanted, _type)
                && !(wanted.TypeKind == TypeKind.Interface && _type.AllInterfaces.Contains(wanted, SymbolEqualityComparer.Default)))
            return false;
        if (_type.Name == "List" && !_finding.Model.LookupNamespacesAndTypes(use.SpanStart, name: "Enumerable").IsEmpty)
            _patch.After(use.Span.End, ".ToList()");
        else
            _patch.Before(use.SpanStart, $"new {_type.ToMinimalDisplayString(_finding.Model, use.SpanStart, StatementRun.TypeName)}(")
                .After(use.Span.End, ConcurrentTwin.IsSet(_type) ? ".Keys)" : ")");
        return true;
    }

    private Patch Declare(VariableDeclarationSyntax declaration, BaseObjectCreationExpressionSyntax made)
    {
        var name = _other.ToMinimalDisplayString(_finding.Model, declaration.SpanStart, StatementRun.TypeName);
        if (!declaration.Type.IsVar)
            _patch.Replace(declaration.Type.Span, name);
        return made is ObjectCreationExpressionSyntax { Type: var written } ? _patch.Replace(written.Span, name) : _patch;
    }
}
