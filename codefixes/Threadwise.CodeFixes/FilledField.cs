namespace Threadwise.CodeFixes;

/// <summary>A private field that can hold an object of its own: the object is there before anybody asks for it, and nothing but the code of the type knows what the field holds.</summary>
internal static class FilledField
{
    public static FieldDeclarationSyntax? Of(Finding finding, IFieldSymbol field) =>
        field is { DeclaredAccessibility: Accessibility.Private, DeclaringSyntaxReferences: [{ SyntaxTree: var tree } declared] } && tree == finding.Root.SyntaxTree
        && declared.GetSyntax(finding.Cancel) is VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1,
            Parent: FieldDeclarationSyntax { AttributeLists.Count: 0, Parent: ClassDeclarationSyntax type } declaration } }
        && declaration.Modifiers.All(static modifier => modifier.Kind() is SyntaxKind.PrivateKeyword or SyntaxKind.StaticKeyword)
        && !type.Modifiers.Any(SyntaxKind.PartialKeyword) && !type.DescendantTrivia().Any(static trivia => trivia.IsKind(SyntaxKind.IfDirectiveTrivia))
        && GateField.MayDeclare(field.ContainingType, type, field.IsStatic)
        && (field.IsStatic ? IsFirst(finding, type, declaration) : IsThereFirst(field.ContainingType)) && !IsSpelt(finding, field) ? declaration : null;

    /// <summary>Nobody writes the fields of an object, or asks for them, who goes round its constructor.</summary>
    public static bool IsThereFirst(INamedTypeSymbol type) => !IsStored(type) && !IsFinalized(type);

    /// <summary>A copy has a value of its own, but would have the same object.</summary>
    public static bool MayBeCopied(Finding finding, INamedTypeSymbol type) => type.AllInterfaces.Any(static contract => contract.Name == "ICloneable")
        || finding.Model.Compilation.SyntaxTrees.Any(tree => (tree == finding.Root.SyntaxTree || !type.IsSealed)
            && tree.GetText(finding.Cancel).ToString().Contains("MemberwiseClone"));

    /// <summary>A text names the field for those who look it up: debuggers, reflection.</summary>
    public static bool IsSpelt(Finding finding, IFieldSymbol field) => finding.Root.DescendantTokens()
        .Any(token => token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken && token.ValueText.Contains(field.Name)
        && token.ValueText.Split(token.ValueText.Where(static letter => !SyntaxFacts.IsIdentifierPartCharacter(letter)).ToArray()).Contains(field.Name));

    /// <summary>A name for a new member that neither the type nor what it inherits has.</summary>
    public static string? Name(INamedTypeSymbol owner, SyntaxNode type, string wanted)
    {
        var name = FreeName.In(type, wanted);
        for (var above = owner.BaseType; above is not null; above = above.BaseType)
            if (above.MemberNames.Contains(name) || above.GetTypeMembers(name).Length > 0)
                return null;
        return name;
    }

    /// <summary>Neither its own value nor the static members made before it run code that is written here, which could come to the field.</summary>
    private static bool IsFirst(Finding finding, ClassDeclarationSyntax type, FieldDeclarationSyntax declaration) =>
        type.Members.TakeWhile(member => member.SpanStart <= declaration.SpanStart)
        .Where(static member => member.Modifiers.Any(SyntaxKind.StaticKeyword) && member is BaseFieldDeclarationSyntax or PropertyDeclarationSyntax)
        .SelectMany(static member => member.DescendantNodes().OfType<EqualsValueClauseSyntax>())
        .All(value => value.DescendantNodes().All(node => node is not AnonymousFunctionExpressionSyntax && IsElsewhere(finding.Symbol(node))
            && (node is not ExpressionSyntax expression
                || finding.Model.GetConversion(expression, finding.Cancel).MethodSymbol is not { } conversion || IsElsewhere(conversion))));

    private static bool IsElsewhere(ISymbol? symbol) =>
        symbol is null or INamespaceOrTypeSymbol or IFieldSymbol { IsConst: true } || symbol.DeclaringSyntaxReferences.IsEmpty && !IsWritten(symbol.ContainingType);

    private static bool IsWritten(INamedTypeSymbol? type) => type is { DeclaringSyntaxReferences.IsEmpty: false };

    /// <summary>What writes its objects somewhere may write their private fields too.</summary>
    private static bool IsStored(INamedTypeSymbol type) => type.GetAttributes()
        .Any(static mark => mark.AttributeClass?.Name is { } name && (name.Contains("Serializ") || name.Contains("Contract") || name == "JsonObjectAttribute"));

    /// <summary>A finalizer also runs for an object whose construction failed before the field had its value.</summary>
    private static bool IsFinalized(INamedTypeSymbol type)
    {
        for (var at = type; at is { SpecialType: not SpecialType.System_Object }; at = at.BaseType)
            if (at.GetMembers("Finalize").Any(static member => member is IMethodSymbol { Parameters.Length: 0 }))
                return true;
        return false;
    }
}
