namespace Threadwise.CodeFixes;

/// <summary>A private static object and a new one beside it, which is locked for every use of the first; offered only where each use is complete in itself.</summary>
internal sealed class NewGate
{
    private readonly Finding _finding;
    private readonly IFieldSymbol _field;
    private readonly string _name;
    private readonly List<Patch> _written = [];
    private readonly List<SyntaxNode> _members = [];

    private NewGate(Finding finding, IFieldSymbol field, string name) => (_finding, _field, _name) = (finding, field, name);

    /// <param name="mayUse">What may be done with the object, one at a time.</param>
    public static Patch? For(Finding finding, IFieldSymbol field, Func<ExpressionSyntax, bool> mayUse)
    {
        if (field is not { IsStatic: true, DeclaredAccessibility: Accessibility.Private } || field.DeclaringSyntaxReferences is not [var declared]
            || declared.GetSyntax(finding.Cancel) is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1,
                Parent: FieldDeclarationSyntax { Parent: TypeDeclarationSyntax type } declaration } }
            || type.Modifiers.Any(SyntaxKind.PartialKeyword) || !GateField.MayDeclare(field.ContainingType, type, isStatic: true)
            || FieldUses.Of(finding, field) is not { } uses)
            return null;
        var gate = new NewGate(finding, field, FreeName.In(type, field.Name + "Gate"));
        return uses.Patch(finding, (use, patch) => IsOfType(use, field) || mayUse(use) && gate.Lock(use, patch)) is { } patch && gate.IsComplete(type)
            ? gate.Declare(patch, declaration)
            : null;
    }

    /// <summary>While the type is made, nobody else is there.</summary>
    private static bool IsOfType(ExpressionSyntax use, IFieldSymbol field) =>
        OwnGate.IsConstruction(use, field)
            || Function.Around(use) is TypeDeclarationSyntax && use.FirstAncestorOrSelf<FieldDeclarationSyntax>()?.Modifiers.Any(SyntaxKind.StaticKeyword) == true;

    private bool Lock(ExpressionSyntax use, Patch whole)
    {
        if (use.Ancestors().FirstOrDefault(static node => node is StatementSyntax or ArrowExpressionClauseSyntax) is not { } code
            || !new OpenCode(_finding, MayCall).Is(code is ArrowExpressionClauseSyntax arrow ? arrow.Expression : code)
            || use.Ancestors().Any(static node => node is AnonymousFunctionExpressionSyntax) || HandsOut(use)
            || HeldGuard.Around(_finding, use, _name, isNew: true) is not { } patch)
            return false;
        if (!_written.Exists(patch.Is))
            _members.Add(Function.Member(use));
        return OwnGate.Join(patch, whole, _written);
    }

    private static bool MayCall(ISymbol member) => !member.IsAbstract || member.ContainingType is { TypeKind: TypeKind.Interface, ContainingNamespace.Name: "Generic" };

    /// <summary>What comes out is used after the lock, and is, or has, the object itself.</summary>
    private bool HandsOut(ExpressionSyntax use)
    {
        var end = use;
        while (end.Parent is MemberAccessExpressionSyntax access && access.Expression == end || end.Parent is InvocationExpressionSyntax
            || end.Parent is ElementAccessExpressionSyntax element && element.Expression == end)
            end = (ExpressionSyntax)end.Parent;
        return end == use || !(end.Parent is ExpressionStatementSyntax
            || end.Parent is ArrowExpressionClauseSyntax { Parent: { } member }
                && _finding.Model.GetDeclaredSymbol(member, _finding.Cancel) is IMethodSymbol { ReturnsVoid: true }
            || _finding.Model.GetTypeInfo(end, _finding.Cancel).Type is { } type && IsValue(type is IArrayTypeSymbol array ? array.ElementType : type));
    }

    private static bool IsValue(ITypeSymbol type) => type.TypeKind == TypeKind.Enum || type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_String;

    /// <summary>No member comes to the object in two steps, between which another could come: a lock for each would not keep them together.</summary>
    private bool IsComplete(TypeDeclarationSyntax type)
    {
        var names = _members.Select(member => _finding.Model.GetDeclaredSymbol(member, _finding.Cancel)).ToList();
        return _members.Distinct().Count() == _members.Count
            && type.DescendantNodes().OfType<MemberDeclarationSyntax>().Where(static member => member is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax)
            .All(member => member.DescendantNodes()
            .Count(node => node is IdentifierNameSyntax name
                && names.Exists(known => known?.Name == name.Identifier.ValueText
                    && SymbolEqualityComparer.Default.Equals(known, _finding.Symbol(name)?.OriginalDefinition))) + (_members.Contains(member) ? 1 : 0) <= 1);
    }

    private Patch Declare(Patch patch, FieldDeclarationSyntax declaration)
    {
        var (layout, last) = (_finding.Layout, declaration.SemicolonToken);
        var text = $"private static readonly object {_name} = {(_finding.Speaks(LanguageVersion.CSharp9) ? "new()" : "new object()")};";
        return patch.After(Layout.EndOfLine(last), layout.StartsLine(declaration.GetFirstToken()) && layout.EndsLine(last)
            ? layout.NewLine + layout.Indentation(declaration.SpanStart) + text
            : " " + text);
    }
}
