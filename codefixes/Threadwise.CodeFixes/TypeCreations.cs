using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>Every place that makes objects of a type, where all of them are written in one document, and in one way.</summary>
internal sealed class TypeCreations(Finding finding, INamedTypeSymbol type)
{
    private readonly List<BaseObjectCreationExpressionSyntax> _all = [];

    /// <summary>Null where another assembly, code that looks for constructors, or one that has the type as a type argument may make some.</summary>
    public static IReadOnlyList<BaseObjectCreationExpressionSyntax>? Of(Finding finding, INamedTypeSymbol type)
    {
        var creations = new TypeCreations(finding, type);
        return IsOfAssembly(type) && finding.Model.Compilation.SyntaxTrees.All(creations.MayRead) ? creations._all : null;
    }

    /// <summary>No other assembly can name it.</summary>
    private static bool IsOfAssembly(INamedTypeSymbol type)
    {
        for (var outer = type; outer is not null; outer = outer.ContainingType)
            if (outer.DeclaredAccessibility == Accessibility.Private || outer.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedAndInternal
                && !type.ContainingAssembly.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "InternalsVisibleToAttribute"))
                return true;
        return false;
    }

    private bool MayRead(SyntaxTree tree)
    {
        var root = tree.GetRoot(finding.Cancel);
        if (root.ContainsDirectives && root.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia) && trivia.ToString().Contains(type.Name)))
            return false;
        SemanticModel? model = tree == finding.Root.SyntaxTree ? finding.Model : null;
        foreach (var node in root.DescendantNodes())
            if (node is SimpleNameSyntax { Identifier.ValueText: "GetTypes" or "DefinedTypes" or "CreateInstance" or "GetConstructor" or "GetConstructors" }
                || node is LiteralExpressionSyntax { Token.Value: string text }
                && (text == type.Name || text.EndsWith("." + type.Name, StringComparison.Ordinal)))
                return false;
            else if (node is SimpleNameSyntax { Identifier.ValueText: FactoryMethod.Name }
                && IsHidden((model ??= finding.Model.Compilation.GetSemanticModel(tree)).GetSymbolInfo(node, finding.Cancel).Symbol))
                return false;
            else if (node is IdentifierNameSyntax or ImplicitObjectCreationExpressionSyntax && MayMean(node)
                && !MayStand(model ??= finding.Model.Compilation.GetSemanticModel(tree), (ExpressionSyntax)node))
                return false;
        return true;
    }

    /// <summary>An extension by the name of the new method, which would be called instead.</summary>
    private bool IsHidden(ISymbol? called) => called is IMethodSymbol { MethodKind: MethodKind.ReducedExtension, ReceiverType: { } on }
        && finding.Model.Compilation.ClassifyCommonConversion(type, on) is { Exists: true, IsImplicit: true };

    private bool MayMean(SyntaxNode node) =>
        node is IdentifierNameSyntax name
            ? name.Identifier.ValueText == type.Name
            : ((ImplicitObjectCreationExpressionSyntax)node).ArgumentList.Arguments.Count <= type.InstanceConstructors[0].Parameters.Length;

    private bool MayStand(SemanticModel model, ExpressionSyntax node)
    {
        if (node is ImplicitObjectCreationExpressionSyntax made)
            return !IsType(model.GetTypeInfo(made, finding.Cancel).Type) || Add(model, made);
        var meant = model.GetSymbolInfo(node, finding.Cancel);
        if (!IsType(meant.Symbol))
            return !meant.CandidateSymbols.Any(IsType);
        ExpressionSyntax whole = node;
        while (whole.Parent is QualifiedNameSyntax qualified && qualified.Right == whole || whole.Parent is AliasQualifiedNameSyntax
            || whole.Parent is MemberAccessExpressionSyntax access && access.Name == whole)
            whole = (ExpressionSyntax)whole.Parent;
        return whole.Parent is ObjectCreationExpressionSyntax creation && creation.Type == whole ? Add(model, creation) : IsNamed(model, whole);
    }

    private bool IsType(ISymbol? symbol) => SymbolEqualityComparer.Default.Equals(symbol, type);

    /// <summary>The type is only said here: nothing can be made of it.</summary>
    private bool IsNamed(SemanticModel model, ExpressionSyntax use) => use.Parent switch
    {
        NullableTypeSyntax or ArrayTypeSyntax => IsNamed(model, (ExpressionSyntax)use.Parent),
        TypeArgumentListSyntax { Parent: GenericNameSyntax generic } =>
            model.GetSymbolInfo(generic, finding.Cancel).Symbol is INamedTypeSymbol of && KeepsOnly(of.OriginalDefinition)
            && IsNamed(model, generic),
        QualifiedNameSyntax outer => outer.Left == use || IsNamed(model, outer),
        MemberAccessExpressionSyntax access => access.Expression == use,
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } } => true,
        BaseObjectCreationExpressionSyntax or ArrayCreationExpressionSyntax => use is not IdentifierNameSyntax,
        VariableDeclarationSyntax or ParameterSyntax or MethodDeclarationSyntax or LocalFunctionStatementSyntax or DelegateDeclarationSyntax
            or BasePropertyDeclarationSyntax or ForEachStatementSyntax
            or DeclarationExpressionSyntax or CastExpressionSyntax or DefaultExpressionSyntax or BinaryExpressionSyntax or PatternSyntax => true,
        _ => false,
    };

    /// <summary>It has objects, or hands them on, but makes none.</summary>
    private bool KeepsOnly(INamedTypeSymbol generic) =>
        generic.TypeKind == TypeKind.Delegate || generic is { Name: "Task" or "ValueTask", ContainingNamespace.Name: "Tasks" }
        || finding.Facts.About(generic, Effect.Container) is not null
        || generic.ContainingNamespace?.ToDisplayString().StartsWith("System.Collections", StringComparison.Ordinal) == true;

    /// <summary>False for one that does not only call the constructor, is data for others, or is in another document.</summary>
    private bool Add(SemanticModel model, BaseObjectCreationExpressionSyntax made)
    {
        _all.Add(made);
        return model == finding.Model && made is { Initializer: null, ArgumentList.Arguments: var arguments }
            && !arguments.Any(argument => model.GetTypeInfo(argument.Expression, finding.Cancel).Type?.TypeKind == TypeKind.Dynamic)
            && !made.Ancestors().Any(node => node is QueryExpressionSyntax || node is AnonymousFunctionExpressionSyntax
                && model.GetTypeInfo(node, finding.Cancel).ConvertedType is not { TypeKind: TypeKind.Delegate });
    }
}
