namespace Threadwise.CodeFixes;

/// <summary>A private field that exists to be locked, in place of the object that is locked now; offered only if all locks of that object are seen and change together.</summary>
internal sealed class GateField
{
    private readonly Finding _finding;
    private readonly TypeDeclarationSyntax _declaration;

    private GateField(Finding finding, TypeDeclarationSyntax declaration, string name, bool isStatic)
    {
        _finding = finding;
        _declaration = declaration;
        Name = name;
        IsStatic = isStatic;
    }

    public string Name { get; }

    public bool IsStatic { get; }

    /// <summary>A gate instead of the object this expression names, everywhere.</summary>
    public static Patch? InsteadOf(Finding finding, ExpressionSyntax expression)
    {
        var locked = LockOperand.Of(finding.Model, expression, finding.Cancel);
        if (locked.Key is not { } key || Owner(finding, locked, key) is not { } owner || Declaration(finding, owner) is not { } declaration)
            return null;
        var isStatic = key.Kind is "typeof" or "text" || key.Of is ISymbol { IsStatic: true };
        if (!MayDeclare(owner, declaration, isStatic) || key.Kind is "this" or "typeof" && owner.GetMembers().OfType<IMethodSymbol>().Any(IsLockedByLanguage)
            || key.Kind == "this" && !IsOurs(owner.BaseType, owner))
            return null;
        return Same(finding, locked, declaration) is { } same ? In(finding, owner, declaration, isStatic).Replace(same) : null;
    }

    /// <summary>A gate instead of the instance or the type object that methods lock by an attribute, with all other locks of that object already changed.</summary>
    public static (GateField Gate, Patch Patch)? InsteadOfOwn(Finding finding, INamedTypeSymbol owner, bool isStatic)
    {
        var locked = new LockOperand(SyntaxFactory.ThisExpression(), (isStatic ? "typeof" : "this", owner.OriginalDefinition), isStatic
            ? finding.Model.Compilation.GetTypeByMetadataName("System.Type")
            : owner.OriginalDefinition);
        if (Declaration(finding, owner) is not { } declaration || !MayDeclare(owner, declaration, isStatic) || !isStatic && !IsOurs(owner.BaseType, owner)
            || Same(finding, locked, declaration) is not { } same)
            return null;
        var gate = In(finding, owner, declaration, isStatic);
        var patch = gate.Patch();
        gate.Replace(patch, same);
        return (gate, patch);
    }

    /// <summary>Every expression that names the same object for a lock; null if some are outside of the declaration, or may name it unseen.</summary>
    public static IReadOnlyList<LockOperand>? Same(Finding finding, LockOperand locked, TypeDeclarationSyntax declaration)
    {
        var same = new List<LockOperand>();
        foreach (var other in LockOperands.Of(finding.Model.Compilation, finding.Cancel))
            if (Equals(other.Key, locked.Key))
                same.Add(other);
            else if (MayBeSame(other, locked, declaration))
                return null;
        return same.All(other => IsWithin(other.Expression, declaration)) ? same : null;
    }

    public static GateField In(Finding finding, INamedTypeSymbol owner, TypeDeclarationSyntax declaration, bool isStatic) =>
        new(finding, declaration, FieldName.In(owner, declaration, isStatic), isStatic);

    public Patch Patch() => new(_finding.Root, _declaration.Span, alone: true);

    /// <summary>Writes the field as the first member.</summary>
    public Patch Declare(Patch patch)
    {
        var layout = _finding.Layout;
        var field = $"private {(IsStatic ? "static " : "")}readonly object {Name} = {(_finding.Speaks(LanguageVersion.CSharp9) ? "new()" : "new object()")};";
        var open = _declaration.OpenBraceToken;
        if (!layout.EndsLine(open) || _declaration.Members.Count == 0)
            return patch.Declare(open.Span.End, " " + field);
        var indentation = layout.Indentation(_declaration.Members[0].SpanStart);
        return patch.Declare(Layout.EndOfLine(open),
            layout.NewLine + indentation + field + (_declaration.Members[0] is BaseFieldDeclarationSyntax ? "" : layout.NewLine));
    }

    private Patch Replace(IEnumerable<LockOperand> locked)
    {
        var patch = Declare(Patch());
        Replace(patch, locked);
        return patch;
    }

    private void Replace(Patch patch, IEnumerable<LockOperand> locked)
    {
        foreach (var operand in locked)
            patch.Replace((operand.Expression is MemberAccessExpressionSyntax access ? access.Name : Whole(operand.Expression)).Span, Name);
    }

    /// <summary>With the parentheses and conversions around it.</summary>
    public static ExpressionSyntax Whole(ExpressionSyntax expression)
    {
        while (expression.Parent is CastExpressionSyntax or ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax)
            expression = (ExpressionSyntax)expression.Parent;
        return expression;
    }

    private static INamedTypeSymbol? Owner(Finding finding, LockOperand locked, (string Kind, object Of) key) => key switch
    {
        ("this" or "typeof", INamedTypeSymbol type) => type,
        (_, ISymbol { ContainingType: var type }) => type,
        _ => finding.Model.GetEnclosingSymbol(locked.Expression.SpanStart, finding.Cancel)?.ContainingType is { } type && !IsGeneric(type) ? type : null,
    };

    /// <summary>The only declaration of the type, if it is in this document and no other build has more of it.</summary>
    public static TypeDeclarationSyntax? Declaration(Finding finding, INamedTypeSymbol owner) =>
        owner.DeclaringSyntaxReferences is [var reference] && reference.SyntaxTree == finding.Root.SyntaxTree
        && reference.GetSyntax(finding.Cancel) is TypeDeclarationSyntax { OpenBraceToken.RawKind: not 0 } declaration
        && !declaration.Modifiers.Any(SyntaxKind.PartialKeyword) && !declaration.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia))
            ? declaration : null;

    /// <summary>A field of an instance may not change how it compares, is laid out or is read back without its constructor.</summary>
    public static bool MayDeclare(INamedTypeSymbol owner, TypeDeclarationSyntax declaration, bool isStatic) =>
        isStatic ? declaration is not InterfaceDeclarationSyntax
        : declaration is ClassDeclarationSyntax
            && !owner.GetAttributes().Any(attribute => attribute.AttributeClass?.Name is "SerializableAttribute" or "DataContractAttribute" or "StructLayoutAttribute");

    public static bool IsLockedByLanguage(IMethodSymbol method) => method.MethodImplementationFlags.HasFlag(System.Reflection.MethodImplAttributes.Synchronized);

    /// <summary>What is inherited is written here, so that its locks are seen.</summary>
    public static bool IsOurs(INamedTypeSymbol? type, INamedTypeSymbol owner) =>
        type is null or { SpecialType: SpecialType.System_Object }
            || SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, owner.ContainingAssembly) && IsOurs(type.BaseType, owner);

    /// <summary>Another name that the same object can have.</summary>
    private static bool MayBeSame(LockOperand other, LockOperand locked, TypeDeclarationSyntax declaration) =>
        other.Type is { SpecialType: not SpecialType.System_Object } && locked.Type is not null && IsRelated(other.Type, locked.Type)
            ? other.Key is null || other.Type.SpecialType == SpecialType.System_String || other.Key.Value.Kind == "this" || locked.Key!.Value.Kind == "this"
            : other.Key is null && IsWithin(other.Expression, declaration);

    private static bool IsRelated(ITypeSymbol a, ITypeSymbol b) => IsOrDerives(a, b) || IsOrDerives(b, a);

    private static bool IsOrDerives(ITypeSymbol type, ITypeSymbol from)
    {
        for (var current = type; current is not null; current = current.BaseType)
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, from.OriginalDefinition))
                return true;
        return type.AllInterfaces.Any(contract => SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, from.OriginalDefinition));
    }

    private static bool IsWithin(SyntaxNode node, SyntaxNode declaration) => node.SyntaxTree == declaration.SyntaxTree && declaration.Span.Contains(node.Span);

    private static bool IsGeneric(INamedTypeSymbol type) => type.IsGenericType || type.ContainingType is { } outer && IsGeneric(outer);

    private static bool Equals((string Kind, object Of)? a, (string Kind, object Of)? b) =>
        a is { } one && b is { } other && one.Kind == other.Kind
            && (one.Of is ISymbol symbol ? SymbolEqualityComparer.Default.Equals(symbol, other.Of as ISymbol) : one.Of.Equals(other.Of));
}
