namespace Threadwise.Analyzers.Engine;

/// <summary>Calls by which code runs that others wrote: they handed it in, or override a member.</summary>
internal static class Callbacks
{
    public static ISymbol? TargetOf(Body body, Unknown unknown) => unknown switch
    {
        // All who hand a delegate to a private method are known, and so is what they hand.
        Callback { Target: IParameterSymbol parameter } when body.IsClosed || !SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, body.Symbol) => null,
        Callback { Target: var target } => target,
        Outside { IsExact: false, Call: { Target: var method, On: { Root: Root.This, Path.IsEmpty: true } } } when IsOpen(method) => method,
        _ => null,
    };

    /// <summary>A method that somebody outside the compilation can override, and that this compilation invented: what every object has is no surprise.</summary>
    private static bool IsOpen(IMethodSymbol method)
    {
        if (!(method.IsVirtual || method.IsAbstract || method.IsOverride) || method.IsSealed || method.MethodKind != MethodKind.Ordinary
            || !IsSeenOutside(method.DeclaredAccessibility)
            || !SymbolEqualityComparer.Default.Equals(Original(method).ContainingAssembly, method.ContainingAssembly))
            return false;
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
            if (type.IsSealed || !IsSeenOutside(type.DeclaredAccessibility))
                return false;
        return true;
    }

    private static IMethodSymbol Original(IMethodSymbol method)
    {
        while (method.OverriddenMethod is { } overridden)
            method = overridden;
        return method;
    }

    private static bool IsSeenOutside(Accessibility accessibility) =>
        accessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;
}
