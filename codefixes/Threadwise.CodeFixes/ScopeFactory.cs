namespace Threadwise.CodeFixes;

/// <summary>Where code gets what makes scopes of services, which outlives every request: it has one at hand, or the framework, which alone calls its method, hands it one.</summary>
internal sealed class ScopeFactory
{
    private const string Services = "Microsoft.Extensions.DependencyInjection", Attribute = "Microsoft.AspNetCore.Mvc.FromServicesAttribute";

    private readonly Finding _finding;
    private readonly ITypeSymbol _type;
    private readonly int _position;
    private readonly Action<Patch> _declare;

    private ScopeFactory(Finding finding, ITypeSymbol type, int position, string name, Action<Patch> declare) =>
        (_finding, _type, _position, Name, _declare) = (finding, type, position, name, declare);

    public string Name { get; }

    public static bool Is(ITypeSymbol type) => type is { Name: "IServiceScopeFactory" } && type.ContainingNamespace.ToDisplayString() == Services;

    public static ScopeFactory? Of(Finding finding, WorkCode work, MethodDeclarationSyntax method)
    {
        var (position, compilation) = (work.Code.SpanStart, finding.Model.Compilation);
        var known = finding.Model.LookupSymbols(position)
            .Where(static symbol => TypeOf(symbol) is { NullableAnnotation: not NullableAnnotation.Annotated } type && Is(type))
            .OrderBy(static symbol => symbol.Kind).ThenBy(static symbol => symbol.Name, StringComparer.Ordinal).FirstOrDefault();
        if (known is not null)
            return new(finding, TypeOf(known)!, position, known.Name, static _ => { });
        return compilation.GetTypeByMetadataName(Services + ".IServiceScopeFactory") is { } type
            && compilation.GetTypeByMetadataName(Attribute) is { } attribute && IsAction(finding, method)
            ? new(finding, type, position, FreeName.In(method, "scopes"), patch => Add(finding, patch, method, attribute, type)) : null;
    }

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IFieldSymbol { IsReadOnly: true } field => field.Type,
        IParameterSymbol parameter => parameter.Type,
        _ => null,
    };

    /// <summary>A member that can be called on it here.</summary>
    public bool Has(string member) => Has(_type, member);

    public bool HasRequired => _finding.Model.Compilation.GetTypeByMetadataName("System.IServiceProvider") is { } provider && Has(provider, "GetRequiredService");

    private bool Has(ITypeSymbol type, string member) => !_finding.Model.LookupSymbols(_position, type, member, includeReducedExtensionMethods: true).IsEmpty;

    public void Declare(Patch patch) => _declare(patch);

    /// <summary>A method by which a controller answers requests, and that nothing else names or stands in for.</summary>
    private static bool IsAction(Finding finding, MethodDeclarationSyntax method) =>
        finding.Model.GetDeclaredSymbol(method,
            finding.Cancel) is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsGenericMethod: false, ContainingType: var owner } action
        && action is { IsVirtual: false, IsOverride: false, IsAbstract: false, PartialDefinitionPart: null }
        && !action.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "NonActionAttribute") && IsController(owner)
        && owner.GetMembers(action.Name).Length == 1
        && !owner.AllInterfaces.SelectMany(static contract => contract.GetMembers())
            .Any(member => SymbolEqualityComparer.Default.Equals(owner.FindImplementationForInterfaceMember(member), action))
        && !method.GetLeadingTrivia().ToString().Contains("<param") && !InSource.Names(finding, action);

    private static bool IsController(INamedTypeSymbol? type) =>
        type is not null && (type is { Name: "ControllerBase", ContainingNamespace: { Name: "Mvc", ContainingNamespace.Name: "AspNetCore" } }
            || IsController(type.BaseType));

    /// <summary>Before the parameters that can be left out.</summary>
    private static void Add(Finding finding, Patch patch, MethodDeclarationSyntax method, INamedTypeSymbol attribute, INamedTypeSymbol type)
    {
        var position = method.ParameterList.SpanStart;
        var name = attribute.ToMinimalDisplayString(finding.Model, position);
        var parameter = $"[{name.Substring(0, name.Length - "Attribute".Length)}] {type.ToMinimalDisplayString(finding.Model, position)} {FreeName.In(method, "scopes")}";
        var all = method.ParameterList.Parameters;
        if (all.FirstOrDefault(static other => other.Default is not null || other.Modifiers.Any(SyntaxKind.ParamsKeyword)) is { } optional)
            patch.Before(optional.SpanStart, parameter + ", ");
        else
            patch.After(all.Count == 0 ? method.ParameterList.OpenParenToken.Span.End : all.Last().Span.End, all.Count == 0 ? parameter : ", " + parameter);
    }
}
