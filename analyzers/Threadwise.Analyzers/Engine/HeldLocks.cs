using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>How each event changes what is held and known: the transfer function of the analysis.</summary>
internal sealed class HeldLocks(TypeModel type)
{
    /// <summary>The state after an event; null where control does not get.</summary>
    public LockState? Through(LockState state, Event e) => e switch
    {
        Acquire { Flag: null } taken => state.Taken(taken.Lock, taken.Span),
        Acquire taken => state.Taken(taken.Lock, taken.Span).Meant(taken.Flag!, taken.Lock, taken.Span),
        TryAcquire tried => state.Meant(tried.Result, tried.Lock, tried.Span),
        Release released => state.Released(released.Lock, released.Mode),
        Assume assumed => state.Assumed(assumed.Lock, assumed.Span),
        Refute refuted => state.Refuted(refuted.Lock),
        SetFlag set => state.Flagged(set),
        Know known => state.Knowing(known.Flag, known.Value),
        Call call => Called(state, call),
        Await => state.Suspended(),
        Complete complete => state.Done(complete.Task),
        Assign assigned => state.Assigned(assigned.Place),
        SynchronousMode => state.AskedToBeSynchronous(),
        _ => state,
    };

    /// <summary>A helper that takes a lock for its caller, or gives it back.</summary>
    private LockState Called(LockState state, Call call)
    {
        if (type.EffectOf(call.Target) is not { } effect)
            return state;
        foreach (var lost in effect.Lost)
            if (Seen(lost.Place, call) is { } place)
                state = state.Released(place, lost.Mode);
        foreach (var gained in effect.Gained)
            if (Seen(gained.Place, call) is { } place)
                state = state.Taken(gained with { Place = place }, call.Span);
        return state;
    }

    /// <summary>A callee's place as its caller names it.</summary>
    public static Place? Seen(Place place, Call call) => place.Root switch
    {
        Root.This when call.Target.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction => place,
        Root.This => place.Seen(call.On),
        Root.Parameter when place.Symbol is IParameterSymbol parameter && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, call.Target) =>
            parameter.Ordinal < call.Arguments.Length ? place.Seen(call.Arguments[parameter.Ordinal]) : null,
        Root.Parameter or Root.Local => call.Target.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction ? place : null,
        _ => place,
    };

    /// <summary>A caller's place as its callee names it; null when it has no name there.</summary>
    public static Place? SeenInside(Place place, Call call, INamedTypeSymbol type)
    {
        if (place.Root is Root.Static or Root.TypeOf)
            return place;
        if (call.Target.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction)
            return place;
        if (call.On is { } receiver && place.IsBelow(receiver, out var rest))
            return Place.This(type).Then(rest);
        for (var i = 0; i < call.Arguments.Length && i < call.Target.Parameters.Length; i++)
            if (call.Arguments[i] is { } argument && place.IsBelow(argument, out rest))
                return Place.Of(call.Target.Parameters[i]).Then(rest);
        return null;
    }
}

/// <summary>What a body changes about the locks of its caller.</summary>
internal sealed record LockEffect(ImmutableArray<Lock> Gained, ImmutableArray<Lock> Lost);
