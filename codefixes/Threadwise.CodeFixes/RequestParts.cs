using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>What else a method has of the request whose service it uses: nothing that the same service may stand behind, or may know already, as a row that was read with it or is about to be saved.</summary>
internal sealed class RequestParts(Finding finding, IFieldSymbol service, WorkCode work, MethodDeclarationSyntax method)
{
    public bool AreApart => method.DescendantNodes().All(node => node switch
    {
        ThisExpressionSyntax => node.Parent is MemberAccessExpressionSyntax,
        SimpleNameSyntax name => finding.Symbol(name) is not { } symbol || IsApart(name, symbol),
        _ => true,
    });

    private bool IsApart(SimpleNameSyntax name, ISymbol symbol) => symbol switch
    {
        IFieldSymbol { IsStatic: false } field => !IsOwn(name) || SymbolEqualityComparer.Default.Equals(field, service) || IsNeutral(field.Type),
        IPropertySymbol { IsStatic: false } property =>
            property.Name != "RequestServices" && (!IsOwn(name) || property.DeclaringSyntaxReferences.IsEmpty || IsNeutral(property.Type)),
        IMethodSymbol { IsStatic: false, MethodKind: MethodKind.Ordinary or MethodKind.ReducedExtension } called =>
            !IsOwn(name) || called.DeclaringSyntaxReferences.IsEmpty,
        IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } parameter => IsNeutral(parameter.Type),
        IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Ordinary } } parameter =>
            IsNeutral(parameter.Type) || parameter.GetAttributes().IsEmpty && IsData(parameter.Type),
        ILocalSymbol { DeclaringSyntaxReferences: [var declared] } local =>
            !work.Code.Span.Contains(name.Span) || work.Code.Span.Contains(declared.Span) || IsNeutral(local.Type),
        _ => true,
    };

    /// <summary>A member of the object itself.</summary>
    private static bool IsOwn(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Name != name || access.Expression is ThisExpressionSyntax or BaseExpressionSyntax,
        MemberBindingExpressionSyntax or NameColonSyntax => false,
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment => assignment.Left != name,
        _ => true,
    };

    private bool IsNeutral(ITypeSymbol type) =>
        PlainValue.Is(type) || ScopeFactory.Is(type) || type.Name == "CancellationToken" || finding.Facts.About(type, Effect.ThreadSafe) is not null;

    /// <summary>What a request is read into: it has values, and does nothing.</summary>
    private static bool IsData(ITypeSymbol type) => type is { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false, DeclaringSyntaxReferences.IsEmpty: false }
        && type.BaseType?.SpecialType is SpecialType.System_Object or SpecialType.System_ValueType
        && type.GetMembers().All(static member => member.IsStatic || member.IsImplicitlyDeclared || member switch
        {
            IFieldSymbol field => PlainValue.Is(field.Type),
            IPropertySymbol property => PlainValue.Is(property.Type),
            IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet } => true,
            IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters: var given } => given.All(static parameter => PlainValue.Is(parameter.Type)),
            _ => false,
        });
}
