namespace Threadwise.CodeFixes;

/// <summary>The time in which an object, or the static part of a type, is made, and nobody else can have it.</summary>
internal sealed class Birth(Finding finding, IFieldSymbol field)
{
    /// <summary>Nothing has been handed on yet that others could come to the field by.</summary>
    public bool IsBeforeOthers(ExpressionSyntax use) => field.IsStatic
        ? OwnGate.IsConstruction(use, field)
            || Function.Around(use) is TypeDeclarationSyntax && use.FirstAncestorOrSelf<FieldDeclarationSyntax>()?.Modifiers.Any(SyntaxKind.StaticKeyword) == true
        : OwnGate.IsConstruction(use, field)
            && Function.Around(use) is ConstructorDeclarationSyntax { Initializer: null or { RawKind: (int)SyntaxKind.BaseConstructorInitializer } } constructor
            && (use.Ancestors().TakeWhile(node => node != constructor).LastOrDefault(IsLoop) ?? use.FirstAncestorOrSelf<StatementSyntax>() ?? (SyntaxNode)use) is var last
            && !constructor.DescendantNodes().Any(node => node.SpanStart < last.Span.End && HandsOn(node));

    public static bool IsLoop(SyntaxNode node) => node is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax;

    /// <summary>The object itself, one of its methods, or code that can come to it.</summary>
    private bool HandsOn(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax
        || node is ThisExpressionSyntax && node.Parent is not MemberAccessExpressionSyntax { Parent: not InvocationExpressionSyntax }
        || node is SimpleNameSyntax && finding.Symbol(node) is IMethodSymbol or IPropertySymbol or IEventSymbol
            && finding.Symbol(node) is { IsStatic: false } member && IsOwn(member) && !IsEmpty(member);

    /// <summary>It runs nothing but what the compiler makes.</summary>
    private bool IsEmpty(ISymbol member) =>
        member is { IsVirtual: false, IsAbstract: false, IsOverride: false, DeclaringSyntaxReferences: [var declared] } && declared.GetSyntax(finding.Cancel) switch
    {
        PropertyDeclarationSyntax { AccessorList.Accessors: var accessors } => accessors.All(static accessor => accessor is { Body: null, ExpressionBody: null }),
        var declaration => declaration is VariableDeclaratorSyntax,
    };

    private bool IsOwn(ISymbol member)
    {
        for (var type = field.ContainingType; type is { SpecialType: not SpecialType.System_Object }; type = type.BaseType)
            if (SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, member.ContainingType.OriginalDefinition))
                return true;
        return member is IMethodSymbol { MethodKind: MethodKind.LocalFunction };
    }
}
