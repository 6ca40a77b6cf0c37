using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>The first gate of a type that has none, taken for every access to one of its private fields.</summary>
/// <remarks>Nobody waits for it long: what is done under it only looks at memory, takes no lock, and touches nothing else that changes.</remarks>
internal sealed class FirstGate
{
    private readonly Finding _finding;
    private readonly IFieldSymbol _field;
    private readonly string _name;
    private readonly HandedOut _handedOut;
    private readonly OpenCode _code;
    private readonly List<Patch> _written = [];
    private readonly List<GateStep> _steps = [];

    private FirstGate(Finding finding, IFieldSymbol field, FieldUses uses, string name)
    {
        (_finding, _field, _name) = (finding, field, name);
        _handedOut = new HandedOut(finding, field, uses);
        _code = new OpenCode(finding, new InMemory(finding).Is, MayTouch);
    }

    public static Patch? For(Finding finding, IFieldSymbol field)
    {
        if (Declaration(finding, field) is not { Parent.Parent: FieldDeclarationSyntax { Parent: TypeDeclarationSyntax type } } declaration || HasGate(finding, field)
            || InMemory.IsObserved(field.Type) || FieldUses.Of(finding, field) is not { } uses)
            return null;
        var declared = GateField.In(finding, field.ContainingType, type, field.IsStatic);
        var gate = new FirstGate(finding, field, uses, declared.Name);
        return !gate._handedOut.StartsElsewhere(declaration) && uses.Patch(finding, gate.Lock) is { } patch && new GateSteps(finding, field, type, gate._steps).AreApart
            ? declared.Declare(patch) : null;
    }

    /// <summary>Of a private field on which nothing but code depends, in the type that the finding is in.</summary>
    private static VariableDeclaratorSyntax? Declaration(Finding finding, IFieldSymbol field) =>
        field is { DeclaredAccessibility: Accessibility.Private, IsConst: false } && GateField.Declaration(finding, field.ContainingType) is { } type
        && type == finding.Node.FirstAncestorOrSelf<TypeDeclarationSyntax>() && GateField.MayDeclare(field.ContainingType, type, field.IsStatic)
        && field.DeclaringSyntaxReferences is [var declared]
        && declared.GetSyntax(finding.Cancel) is VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax { AttributeLists.Count: 0 } } variable
            ? variable
            : null;

    private static bool HasGate(Finding finding, IFieldSymbol field) =>
        field.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(gate => gate.IsStatic == field.IsStatic && OwnGate.IsGate(finding, gate));

    private bool Lock(ExpressionSyntax use, Patch whole)
    {
        if (!IsOfOwner(use) || !IsPlain(use) || _handedOut.Is(use))
            return false;
        if (new Birth(_finding, _field).IsBeforeOthers(use))
            return true;
        if (OtherLocks.MayBeHeldByCallers(_finding, use) || HeldGuard.Around(_finding, use, _name, isNew: true) is not { } patch)
            return false;
        if (_written.Exists(patch.Is))
            return true;
        var step = new GateStep(use, patch.Extent);
        _steps.Add(step);
        return step.Code.All(code => _code.Is(code) && !ChangesMore(code)) && OwnGate.Join(patch, whole, _written);
    }

    /// <summary>Of the object, or of the type with these arguments, whose gate it is.</summary>
    private bool IsOfOwner(ExpressionSyntax use) => _field.IsStatic ? SymbolEqualityComparer.Default.Equals(_finding.Symbol(use), _field.OriginalDefinition)
        : FieldUses.IsOwn(use);

    /// <summary>The variable itself does not get out, its name is not all that is asked for, and nobody is being finalized.</summary>
    private static bool IsPlain(ExpressionSyntax use) =>
        use.Parent is not (ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or RefExpressionSyntax
            or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression })
        && !use.Ancestors().Any(static node => node is QueryExpressionSyntax or DestructorDeclarationSyntax
            || node is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } });

    /// <summary>The field itself, what never changes, and what others take care of.</summary>
    private bool MayTouch(IFieldSymbol other) => other.IsConst || SymbolEqualityComparer.Default.Equals(other, _field.OriginalDefinition)
        || !SymbolEqualityComparer.Default.Equals(other.ContainingType, _field.ContainingType.OriginalDefinition)
        || !_finding.Facts.About(other.Type.OriginalDefinition).Any(static fact => fact.Effect is Effect.Container or Effect.Unsafe)
            && (other.IsReadOnly || FieldUses.Of(_finding, other) is { } uses && uses.All(use => !FieldUses.IsWritten(use) || OwnGate.IsConstruction(use, other)));

    /// <summary>Another member gets a value, which others would then see changed under the gate.</summary>
    private bool ChangesMore(SyntaxNode code) => code.DescendantNodesAndSelf().OfType<ExpressionSyntax>()
        .Any(node => FieldUses.IsWritten(node) && _finding.Symbol(node) is IEventSymbol or IPropertySymbol { IsIndexer: false });
}
