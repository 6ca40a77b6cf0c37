using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Whether a thread that holds a lock may ask for it again. “No” is proved; everything else is “perhaps”.</summary>
internal static class Reentry
{
    /// <summary>A private lock on an object of its own, taken and released plainly, under which only known code runs that never takes it.</summary>
    public static bool IsImpossible(TypeModel type, Lock taken)
    {
        if (taken is not { Place: { Root: Root.This or Root.Static, Path.Length: 1,
            Member: IFieldSymbol { DeclaredAccessibility: Accessibility.Private, Type.SpecialType: SpecialType.System_Object } } place,
                Nature: { Affine: true, Reentrant: true } })
            return false;
        foreach (var body in type.Bodies)
            foreach (var (e, before) in type.Visit(body))
                if (IsUnusual(e, place) || before.May.Concat(before.Must).Any(held => held.Lock.Place.Equals(place)) && MayTake(type, e, place))
                    return false;
        return true;
    }

    private static bool IsUnusual(Event e, Place place) => e switch
    {
        Acquire { Flag: not null } acquire => acquire.Lock.Place.Equals(place),
        TryAcquire tried => tried.Lock.Place.Equals(place),
        Expose exposed => exposed.Lock.Equals(place),
        Assume assumed => assumed.Lock.Place.Equals(place),
        _ => false,
    };

    private static bool MayTake(TypeModel type, Event e, Place place) => e switch
    {
        Unknown or Escape or Yield or Block => true,
        Acquire acquire => acquire.Lock.Place.Equals(place),
        Call call => type.BodyOf(call.Target) is { } callee
            && (type.Code.Acquisitions.Through(call, type.Code.CallAt(call)!.Value.Callee).Any(inner => inner.Lock.Place.Equals(place))
                || callee.Events.Any(inner => inner is Unknown or Escape or Call)),
        _ => false,
    };
}
