namespace Threadwise.CodeFixes;

/// <summary>The lock a rule names, where it can become one of another kind: a private field that starts with a new object, in a type that is written in one place.</summary>
internal sealed class PrivateLock
{
    private readonly VariableDeclaratorSyntax _declaration;
    private readonly Finding _finding;
    private readonly FieldUses _uses;

    private PrivateLock(Finding finding, FieldUses uses, VariableDeclaratorSyntax declaration) => (_finding, _uses, _declaration) = (finding, uses, declaration);

    private TypeDeclarationSyntax Type => _declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>()!;

    public static PrivateLock? Of(Finding finding) =>
        Field(finding) is { } field && Declaration(finding, field) is { } declaration && FieldUses.Of(finding, field) is { } uses
            ? new(finding, uses, declaration)
            : null;

    /// <summary>Declares it as another type; null where one of its uses has no counterpart there.</summary>
    public Patch? Become(INamedTypeSymbol type, string arguments, Func<Patch, ExpressionSyntax, bool> convert)
    {
        var (patch, name) = (new Patch(_finding.Root, Type.Span, alone: true), type.ToMinimalDisplayString(_finding.Model, _declaration.SpanStart));
        patch.Replace(((VariableDeclarationSyntax)_declaration.Parent!).Type.Span, name)
            .Replace(_declaration.Initializer!.Value.Span, (_finding.Speaks(LanguageVersion.CSharp9) ? "new" : "new " + name) + arguments);
        return _uses.All(use => convert(patch, use)) ? patch : null;
    }

    /// <summary>Of this object, or a static one of a type around the code.</summary>
    private static IFieldSymbol? Field(Finding finding)
    {
        var path = finding["lock"]?.Split('.') ?? [];
        for (var type = finding.Model.GetEnclosingSymbol(finding.Node.SpanStart, finding.Cancel)?.ContainingType; type is not null; type = type.ContainingType)
            if ((path.Length == 1 || (path.Length == 2 && (path[0] == "this" || path[0] == type.Name)))
                && type.GetMembers(path[path.Length - 1]).OfType<IFieldSymbol>().FirstOrDefault() is { } field)
                return field.OriginalDefinition;
        return null;
    }

    private static VariableDeclaratorSyntax? Declaration(Finding finding, IFieldSymbol field) =>
        field.DeclaredAccessibility == Accessibility.Private
        && field.ContainingType.DeclaringSyntaxReferences.Length == 1
        && field.DeclaringSyntaxReferences is [var reference]
        && reference.SyntaxTree == finding.Root.SyntaxTree
        && field.Type is { SpecialType: SpecialType.System_Object } or { Name: "Lock", ContainingNamespace.Name: "Threading" }
            ? reference.GetSyntax(finding.Cancel) as VariableDeclaratorSyntax is
                { Initializer.Value: BaseObjectCreationExpressionSyntax { Initializer: null, ArgumentList: null or { Arguments.Count: 0 } },
                    Parent: VariableDeclarationSyntax { Variables.Count: 1 } } variable ? variable : null
            : null;
}
