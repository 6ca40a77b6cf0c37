using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>The member that does what a blocking call does and can be awaited: of the name a row gives, or else of its own with <c>Async</c> behind it, with the same leading parameters and result.</summary>
internal static class Twins
{
    public static IMethodSymbol? Of(Fact fact, IOperation call, Compilation compilation) =>
        fact.Twin == "await" || call is not IInvocationOperation { TargetMethod: var method } invocation ? null
        : fact.Twin.Length == 0
            ? Find(invocation.Instance?.Type ?? method.ContainingType, method.Name + "Async", method, compilation) is { } guessed && Promises(guessed, method) ? guessed
                : null
        : fact.Twin.LastIndexOf('.') is > 0 and var dot
            ? Find(compilation.GetTypeByMetadataName(fact.Twin.Substring(0, dot)), fact.Twin.Substring(dot + 1), method, compilation)
        : Find(invocation.Instance?.Type ?? method.ContainingType, fact.Twin, method, compilation) is { } twin && !IsLeftBehind(twin, method, compilation) ? twin
        : null;

    /// <summary>The type does the work in its own way synchronously alone; what can be awaited is inherited from a base that calls just that.</summary>
    private static bool IsLeftBehind(IMethodSymbol twin, IMethodSymbol method, Compilation compilation)
    {
        if (!method.IsOverride || !SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, compilation.Assembly))
            return false;
        for (var type = method.ContainingType; type is not null && !SymbolEqualityComparer.Default.Equals(type, twin.ContainingType); type = type.BaseType)
            if (!type.GetMembers(twin.Name).IsEmpty || !type.GetMembers("Begin" + method.Name).IsEmpty)
                return false;
        return !SymbolEqualityComparer.Default.Equals(method.ContainingType, twin.ContainingType);
    }

    /// <summary>What stands beside a method under its name with <c>Async</c> behind it, and can be awaited.</summary>
    public static IMethodSymbol? Beside(IMethodSymbol method) =>
        method.ContainingType.GetMembers(method.Name + "Async").OfType<IMethodSymbol>()
            .FirstOrDefault(twin => twin.IsStatic == method.IsStatic && Shapes.IsAwaited(twin.ReturnType));

    /// <summary>The first member of the name that a row gives, whatever it takes: what is passed has to be written otherwise.</summary>
    public static IMethodSymbol? Named(Fact fact, IMethodSymbol method, Compilation compilation)
    {
        var dot = fact.Twin.LastIndexOf('.');
        var type = dot > 0 ? compilation.GetTypeByMetadataName(fact.Twin.Substring(0, dot)) : method.ContainingType;
        return fact.Twin.Length == 0 ? null : type?.GetMembers(fact.Twin.Substring(dot + 1)).OfType<IMethodSymbol>().FirstOrDefault();
    }

    private static IMethodSymbol? Find(ITypeSymbol? type, string name, IMethodSymbol method, Compilation compilation)
    {
        for (; type is not null; type = type.BaseType)
            foreach (var member in type.GetMembers(name))
                if (member is IMethodSymbol twin && twin.IsStatic == method.IsStatic && Stands(twin, method)
                    && compilation.IsSymbolAccessibleWithin(twin, compilation.Assembly))
                    return twin;
        return null;
    }

    /// <summary>Takes what the method takes, perhaps a token too, and promises what it returns.</summary>
    private static bool Stands(IMethodSymbol twin, IMethodSymbol method)
    {
        var given = method.OriginalDefinition.Parameters;
        return twin.OriginalDefinition.Parameters is var taken && taken.Length >= given.Length
            && Enumerable.Range(0, given.Length).All(i => IsAlike(taken[i].Type, given[i].Type))
            && taken.Skip(given.Length).All(static more => more.IsOptional || Shapes.Cancels(more.Type))
            && Shapes.IsAwaited(twin.ReturnType);
    }

    /// <summary>What comes of awaiting it is what the method returns.</summary>
    private static bool Promises(IMethodSymbol twin, IMethodSymbol method) => method.ReturnsVoid
        ? twin.ReturnType is INamedTypeSymbol { IsGenericType: false }
        : twin.OriginalDefinition.ReturnType is INamedTypeSymbol { TypeArguments: [var result] }
            && result.ToDisplayString() == method.OriginalDefinition.ReturnType.ToDisplayString();

    private static bool IsAlike(ITypeSymbol taken, ITypeSymbol given) => taken.ToDisplayString() == given.ToDisplayString() || Shapes.AreViews(taken, given);
}
