namespace Threadwise.Analyzers.Engine;

/// <summary>Calls by which code runs that others wrote: they handed it in, or override a member.</summary>
internal static class Callbacks
{
    public static ISymbol? TargetOf(Body body, Unknown unknown) => unknown switch
    {
        // All who hand a delegate to a private method are known, and so is what they hand.
        Callback { Target: IParameterSymbol parameter } when body.IsClosed || !SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, body.Symbol) => null,
        Callback { Target: var target } => target,
        Outside { Call: { Target: var method, On: { Root: Root.This, Path.IsEmpty: true } } } when IsOpen(method) => method,
        _ => null,
    };

    /// <summary>Somebody outside the compilation can override it.</summary>
    private static bool IsOpen(IMethodSymbol method)
    {
        if (!(method.IsVirtual || method.IsAbstract || method.IsOverride) || method.IsSealed || !IsSeenOutside(method.DeclaredAccessibility))
            return false;
        for (var type = method.ContainingType; type is not null; type = type.ContainingType)
            if (type.IsSealed || !IsSeenOutside(type.DeclaredAccessibility))
                return false;
        return true;
    }

    private static bool IsSeenOutside(Accessibility accessibility) => accessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;
}
