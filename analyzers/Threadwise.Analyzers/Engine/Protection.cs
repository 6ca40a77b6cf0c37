using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Whether an access is protected by the guard written on its member.</summary>
internal static class Protection
{
    public static bool IsGiven(TypeModel type, Body body, Touch touch, Guard guard, LockState state)
    {
        if (touch.IsFresh || type.Entry.IsDeferred(body) || IsUnderConstruction(type, body, touch.Member, touch.On))
            return true;
        var wanted = Wanted(guard, touch.Member, touch.On);
        // An object without a name has a guard without a name: nothing can be said.
        if (wanted is null)
            return true;
        return state.Must.Any(held => held.Lock.Place.Equals(wanted) && (held.Assumed || type.IsExclusive(held.Lock)) && !(touch.Write && held.Lock.Mode == Mode.Shared)
            && !(touch.Write && held.Lock.Mode == Mode.Upgradeable));
    }

    /// <summary>Whether a call is made with the lock that the called member demands. In which mode it does not say.</summary>
    public static bool IsGiven(TypeModel type, Body body, Demand demand, Guard guard, LockState state) =>
        demand.IsFresh || type.Entry.IsDeferred(body) || IsUnderConstruction(type, body, demand.Target, demand.On)
        || Wanted(guard, demand.Target, demand.On) is not { } wanted
        || state.Must.Any(held => held.Lock.Place.Equals(wanted) && (held.Assumed || type.IsExclusive(held.Lock)));

    private static Place? Wanted(Guard guard, ISymbol member, Place? on) =>
        guard.Place!.Seen(on ?? (member.IsStatic || member is IMethodSymbol { MethodKind: MethodKind.LocalFunction } ? Place.This(member.ContainingType) : null));

    private static bool IsUnderConstruction(TypeModel type, Body body, ISymbol member, Place? on) =>
        type.Entry.IsConstruction(body)
        && (member.IsStatic ? body.Method is null or { MethodKind: MethodKind.StaticConstructor } : on is { Root: Root.This, Path.IsEmpty: true });
}
