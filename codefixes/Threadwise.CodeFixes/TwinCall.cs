namespace Threadwise.CodeFixes;

/// <summary>A blocking call as the await of its twin: the same call by another name, with the token that is in scope where the twin takes one.</summary>
/// <param name="isUndone">What the call does is undone where it ends early, so it must not be made to end early.</param>
internal sealed class TwinCall(Finding finding, InvocationExpressionSyntax call, string twin, bool isUndone)
{
    private const string View = "AsSpan", LastingView = "AsMemory";

    public static Patch? Awaited(Finding finding, Func<InvocationExpressionSyntax, bool>? isUndone = null) =>
        finding.Node is InvocationExpressionSyntax call ? Awaited(finding, call, finding["twin"], isUndone) : null;

    public static Patch? Awaited(Finding finding, InvocationExpressionSyntax call, string? twin, Func<InvocationExpressionSyntax, bool>? isUndone = null) =>
        twin is { Length: > 0 } && twin != "await" && finding.MayAwait(call)
            ? new TwinCall(finding, call, twin.Substring(twin.LastIndexOf('.') + 1), isUndone?.Invoke(call) == true).Awaited()
            : null;

    /// <summary>The first form that means the same and returns the same.</summary>
    private Patch? Awaited()
    {
        if (Name is not { } name || finding.Symbol(call) is not IMethodSymbol method)
            return null;
        foreach (var token in Tokens(method))
            foreach (var views in new[] { Array.Empty<SyntaxToken>(), Views() })
                if (Bound(name, token, views) is { } bound && Returns(bound, method))
                    return Written(name, token, views, bound);
        return null;
    }

    private Patch Written(SyntaxToken name, string token, SyntaxToken[] views, IMethodSymbol bound)
    {
        var patch = finding.Patch(call).Replace(name.Span, twin);
        foreach (var view in views)
            patch.Replace(view.Span, LastingView);
        if (token.Length > 0)
            patch.Before(call.ArgumentList.CloseParenToken.SpanStart, token);
        return patch.After(call.Span.End, finding.Configured(call, bound.ReturnType)).Await(call);
    }

    private SyntaxToken? Name => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier,
        SimpleNameSyntax simple => simple.Identifier,
        _ => null,
    };

    /// <summary>What would be called instead.</summary>
    private IMethodSymbol? Bound(SyntaxToken name, string token, SyntaxToken[] views)
    {
        var text = call.ToString();
        foreach (var (position, length, by) in views.Select(view => (view.SpanStart, view.Span.Length, LastingView))
                     .Append((name.SpanStart, name.Span.Length, twin))
                     .Append((call.ArgumentList.CloseParenToken.SpanStart, 0, token))
                     .OrderByDescending(static write => write.SpanStart))
            text = text.Remove(position - call.SpanStart, length).Insert(position - call.SpanStart, by);
        return finding.Model.GetSpeculativeSymbolInfo(call.SpanStart, SyntaxFactory.ParseExpression(text),
            SpeculativeBindingOption.BindAsExpression).Symbol as IMethodSymbol;
    }

    private static bool Returns(IMethodSymbol bound, IMethodSymbol method) =>
        bound.ReturnType.GetMembers("GetAwaiter").OfType<IMethodSymbol>().FirstOrDefault(static member => member is { IsStatic: false, Parameters.IsEmpty: true })
            ?.ReturnType.GetMembers("GetResult").OfType<IMethodSymbol>().FirstOrDefault() is { } result
        && SymbolEqualityComparer.Default.Equals(result.ReturnType, method.ReturnType);

    /// <summary>Views of memory that cannot outlive a wait, where one that can is had by another name.</summary>
    private SyntaxToken[] Views() =>
        call.ArgumentList.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Where(access => access.Name.Identifier.Text == View && finding.Symbol(access) is IMethodSymbol { ContainingType.Name: "MemoryExtensions" })
            .Select(static access => access.Name.Identifier).ToArray();

    /// <summary>What to write behind the arguments: the one token in scope, then nothing.</summary>
    private IEnumerable<string> Tokens(IMethodSymbol method)
    {
        if (!isUndone && !IsCleanUp && !call.ArgumentList.Arguments.Any(argument => IsToken(finding.Model.GetTypeInfo(argument.Expression,
            finding.Cancel).ConvertedType)) && InScope() is [var token])
        {
            var separator = call.ArgumentList.Arguments.Count > 0 ? ", " : "";
            yield return separator + token;
            foreach (var name in Overloads(method).SelectMany(static overload => overload.Parameters)
                .Where(static parameter => IsToken(parameter.Type)).Select(static parameter => parameter.Name).Distinct())
                yield return $"{separator}{name}: {token}";
        }

        yield return "";
    }

    private IEnumerable<IMethodSymbol> Overloads(IMethodSymbol method)
    {
        for (var type = method.ContainingType; type is not null; type = type.BaseType)
            foreach (var member in type.GetMembers(twin).OfType<IMethodSymbol>())
                yield return member;
    }

    /// <summary>What cleans up is not to be given up halfway.</summary>
    private bool IsCleanUp =>
        call.Ancestors().TakeWhile(static ancestor => !Function.Is(ancestor)).Any(static ancestor => ancestor is CatchClauseSyntax or FinallyClauseSyntax);

    private List<string> InScope() => finding.Model.LookupSymbols(call.SpanStart)
        .Where(symbol => symbol switch
        {
            IParameterSymbol { RefKind: RefKind.None, ContainingSymbol: IMethodSymbol { MethodKind: not MethodKind.Constructor } } parameter => IsToken(parameter.Type),
            ILocalSymbol { IsRef: false } local =>
                IsToken(local.Type) && local.DeclaringSyntaxReferences.All(part => part.Span.End <= call.SpanStart
                    && part.GetSyntax(finding.Cancel) is VariableDeclaratorSyntax { Initializer: not null }),
            _ => false,
        })
        .Select(static symbol => symbol.Name).ToList();

    private static bool IsToken(ITypeSymbol? type) => type is { Name: "CancellationToken", ContainingNamespace.Name: "Threading" };
}
