namespace Threadwise.CodeFixes;

/// <summary>A private synchronous function as an async one: nothing that it is, takes or returns forbids that, and all who use it are known.</summary>
internal sealed class AsyncForm
{
    private const string Ending = "Async";

    private readonly Finding _finding;
    private readonly IMethodSymbol _method;
    private readonly TypeSyntax _returnType;
    private readonly SyntaxToken _name;
    private readonly SyntaxNode _scope;
    private readonly ITypeSymbol _task;

    private AsyncForm(Finding finding, IMethodSymbol method, TypeSyntax returnType, SyntaxToken name, SyntaxNode scope, ITypeSymbol task)
    {
        (_finding, _method, _returnType, _name, _scope, _task) = (finding, method, returnType, name, scope, task);
        Uses = UsesIn(scope);
    }

    /// <summary>Where it is named by those who call it or hand it on; null if a place is not understood.</summary>
    public IReadOnlyList<SimpleNameSyntax>? Uses { get; }

    public static AsyncForm? Of(Finding finding, SyntaxNode function)
    {
        if (finding.Model.GetDeclaredSymbol(function, finding.Cancel) is not IMethodSymbol method || !MayBeAsync(method)
            || finding.Model.Compilation.GetTypeByMetadataName("System.Threading.Tasks.Task") is not { } task)
            return null;
        var (attributes, modifiers, returnType, name) = function is MethodDeclarationSyntax declared
            ? (declared.AttributeLists, declared.Modifiers, declared.ReturnType, declared.Identifier)
            : (LocalFunctionStatementSyntax)function is var local ? (local.AttributeLists, local.Modifiers, local.ReturnType, local.Identifier) : default;
        if (attributes.Count > 0 || modifiers.Any(SyntaxKind.PartialKeyword) || Function.Nodes(function).Any(node => node is YieldStatementSyntax)
            || Scope(finding, method, function) is not { } scope)
            return null;
        var form = new AsyncForm(finding, method, returnType, name, scope, task);
        return form.IsNameTaken || form.IsNameKept(function) ? null : form;
    }

    /// <summary>Only the type or the function around it can name it, it takes and returns nothing that lives on the stack, and it changes no copy of a value.</summary>
    private static bool MayBeAsync(IMethodSymbol method) =>
        (method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private, Name: not "Main" } || method.MethodKind == MethodKind.LocalFunction)
        && method is { IsVirtual: false, IsOverride: false, IsAbstract: false, IsExtern: false, IsAsync: false, RefKind: RefKind.None,
            ReturnType: { IsRefLikeType: false, TypeKind: not TypeKind.Pointer } }
        && method.Parameters.All(parameter => parameter is { RefKind: RefKind.None,
            Type: { IsRefLikeType: false, TypeKind: not (TypeKind.Pointer or TypeKind.FunctionPointer) } })
        && method.ReturnType.GetMembers("GetAwaiter").IsEmpty
        && (method.IsStatic || !method.ContainingType.IsValueType);

    private static SyntaxNode? Scope(Finding finding, IMethodSymbol method, SyntaxNode function) =>
        function is LocalFunctionStatementSyntax ? Function.Member(function)
        : method.ContainingType.DeclaringSyntaxReferences is [var reference] && reference.SyntaxTree == finding.Root.SyntaxTree ? reference.GetSyntax(finding.Cancel)
        : null;

    /// <summary><c>async Task&lt;int&gt; LoadAsync</c> instead of <c>int Load</c>.</summary>
    public Patch Declared()
    {
        var task = _task.ToMinimalDisplayString(_finding.Model, _returnType.SpanStart);
        return Renamed(_name.Span, _finding.Patch(_returnType).Replace(_returnType.Span, "async " + (_method.ReturnsVoid ? task : $"{task}<{_returnType}>")));
    }

    public Patch Awaited(SimpleNameSyntax name, InvocationExpressionSyntax call) =>
        Renamed(name.Identifier.Span, _finding.Patch(call)).After(call.Span.End, _finding.Configured(call, _task)).Await(call);

    public Patch Renamed(TextSpan name) => Renamed(name, new Patch(_finding.Root, name, alone: false));

    private Patch Renamed(TextSpan name, Patch patch) => IsNamedAsync ? patch : patch.After(name.End, Ending);

    private bool IsNamedAsync => _method.Name.EndsWith(Ending, StringComparison.Ordinal);

    private bool IsNameTaken => !IsNamedAsync
        && (_scope.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == _method.Name + Ending)
            || !_finding.Model.LookupSymbols(_name.SpanStart, name: _method.Name + Ending).IsEmpty);

    /// <summary>Somebody knows it by its name: another build, documentation, code that looks for members, or a callee that is told who calls it.</summary>
    private bool IsNameKept(SyntaxNode function) => !IsNamedAsync
        && (_scope.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.DisabledTextTrivia) && trivia.ToString().Contains(_method.Name))
            || _scope.DescendantNodes(descendIntoTrivia: true).OfType<CrefSyntax>().Any(cref => cref.DescendantTokens().Any(token => token.ValueText == _method.Name))
            || _scope.DescendantTokens().Any(token => token.IsKind(SyntaxKind.StringLiteralToken) && token.ValueText == _method.Name)
            || (function is MethodDeclarationSyntax
                && function.DescendantNodes().Any(node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax
                    && _finding.Symbol(node) is IMethodSymbol called && called.Parameters.Any(IsToldTheCaller))));

    private static bool IsToldTheCaller(IParameterSymbol parameter) =>
        parameter.IsOptional && parameter.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "CallerMemberNameAttribute");

    private List<SimpleNameSyntax>? UsesIn(SyntaxNode scope)
    {
        var uses = new List<SimpleNameSyntax>();
        foreach (var name in scope.DescendantNodes().OfType<SimpleNameSyntax>().Where(name => name.Identifier.ValueText == _method.Name))
        {
            var meant = _finding.Model.GetSymbolInfo(name, _finding.Cancel);
            if (Is(meant.Symbol))
                uses.Add(name);
            else if (meant.Symbol is null && (meant.CandidateSymbols.IsEmpty || meant.CandidateSymbols.Any(Is)))
                return null;
        }

        return uses;
    }

    private bool Is(ISymbol? symbol) =>
        SymbolEqualityComparer.Default.Equals(((symbol as IMethodSymbol)?.ReducedFrom ?? symbol)?.OriginalDefinition, _method.OriginalDefinition);
}
