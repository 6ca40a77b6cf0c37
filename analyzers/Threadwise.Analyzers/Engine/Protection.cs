using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Whether an access is protected by the guard written on its member.</summary>
internal static class Protection
{
    public static bool IsGiven(TypeModel type, Body body, Touch touch, Guard guard, LockState state)
    {
        if (touch.IsFresh || type.Entry.IsDeferred(body) || IsUnderConstruction(type, body, touch))
            return true;
        var wanted = guard.Place!.Seen(touch.On ?? (touch.Member.IsStatic ? Place.This(touch.Member.ContainingType) : null));
        // An object without a name has a guard without a name: nothing can be said.
        if (wanted is null)
            return true;
        return state.Must.Any(held => held.Lock.Place.Equals(wanted) && (held.Assumed || type.IsExclusive(held.Lock)) && !(touch.Write && held.Lock.Mode == Mode.Shared) && !(touch.Write && held.Lock.Mode == Mode.Upgradeable));
    }

    private static bool IsUnderConstruction(TypeModel type, Body body, Touch touch) =>
        type.Entry.IsConstruction(body)
        && (touch.Member.IsStatic ? body.Method is null or { MethodKind: MethodKind.StaticConstructor } : touch.On is { Root: Root.This, Path.IsEmpty: true });
}
