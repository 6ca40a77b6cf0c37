using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>A body asks for a lock that it holds already, itself or through the calls in <paramref name="Via"/>.</summary>
/// <param name="OnlyTries">It does not wait for it as long as needed.</param>
internal sealed record Reacquisition(Body Body, Held Held, Lock Wanted, ImmutableArray<IMethodSymbol> Via, bool OnlyTries, TextSpan At);

/// <summary>Where the bodies of one type ask for a lock that they hold: the same object, not just the same field.</summary>
internal static class Reacquisitions
{
    public static IEnumerable<Reacquisition> In(TypeModel type)
    {
        foreach (var body in type.Bodies)
            foreach (var (e, before) in type.Visit(body))
                foreach (var held in before.Must)
                    if (!held.Assumed && IsOneObject(type, held.Lock.Place) && Asked(type, body, e, held) is { } found)
                        yield return found;
    }

    /// <summary>The lock was not created so that its owner can take it again.</summary>
    public static bool IsFatal(TypeModel type, Reacquisition again)
    {
        var (held, nature) = (again.Held.Lock, again.Wanted.Nature);
        return nature.RefusesItsOwner && IsCreatedHere(type, held.Place)
            && (nature.Affine || type.IsExclusive(held) && !IsSignal(type, held.Place));
    }

    /// <summary>Who may still become a writer may read and write meanwhile; who reads and wants to write is another story.</summary>
    public static bool IsRefused(Reacquisition again) => again.Held.Lock.Mode switch
    {
        Mode.Exclusive => true,
        Mode.Upgradeable => again.Wanted.Mode == Mode.Upgradeable,
        _ => again.Wanted is { Mode: Mode.Shared, Nature.Affine: true },
    };

    /// <summary>Through other types' bodies: the same object still, as far as its callers can name it.</summary>
    public static IEnumerable<Reacquisition> In(CompilationCode code)
    {
        foreach (var unit in code.Units)
            foreach (var moment in unit.Moments)
                if (!moment.Held.IsEmpty && code.CallAt(moment.Event) is var (call, callee))
                    foreach (var inner in code.Acquisitions.Of(callee))
                        if (inner.IsCertain && code.Acquisitions.Seen(inner, call, callee) is { IsSome: false } seen && moment.TookItself(seen.Place) is { } held
                            && code.IsFatal(held.Lock, seen.Nature) && inner.Through(call, seen).Via is var via && (moment.Event is Outside || LeavesType(via, unit)))
                            yield return new(unit.Body, held, seen, via, OnlyTries: false, call.Span);
    }

    private static bool LeavesType(ImmutableArray<IMethodSymbol> via, Unit unit) => via.Any(method => !unit.IsNear(method));

    /// <summary>Members that may hold a lock which others give back, or which its owner can take again.</summary>
    public static IEnumerable<ISymbol> Shared(TypeModel type) => type.Bodies.SelectMany(body => type.Visit(body))
        .Select(at => at.Event switch
        {
            Adopt adopted => adopted.Lock,
            Expose exposed => exposed.Lock,
            Create { MayNest: true } created => created.Lock,
            Release release when at.Before.Holds(release.Lock, exclusively: false) is null && !at.Before.May.Any(held => held.Lock.Place.Equals(release.Lock)) =>
                release.Lock,
            _ => null,
        })
        .Where(place => place?.Member is not null)
        .Select(place => place!.Member!);

    private static Reacquisition? Asked(TypeModel type, Body body, Event e, Held held) => e switch
    {
        Acquire { Lock: var wanted } when wanted.Place.Equals(held.Lock.Place) => new(body, held, wanted, ImmutableArray<IMethodSymbol>.Empty, OnlyTries: false, e.Span),
        TryAcquire { Lock: var wanted } when wanted.Place.Equals(held.Lock.Place) =>
            new(body, held, wanted, ImmutableArray<IMethodSymbol>.Empty, OnlyTries: true, e.Span),
        Call when type.Code.CallAt(e) is var (call, callee) => type.Code.Acquisitions.Through(call, callee)
            .Where(inner => inner.IsCertain && inner.Lock.Place.Equals(held.Lock.Place))
            .Select(inner => new Reacquisition(body, held, inner.Lock, inner.Via, OnlyTries: false, e.Span))
            .FirstOrDefault(),
        _ => null,
    };

    /// <summary>No member on the way to the lock ever means another object, nor does a generic type have one for each of its arguments.</summary>
    private static bool IsOneObject(TypeModel type, Place place) =>
        place.Path.All(type.IsStable) && !place.HasOneForEachArgument;

    /// <summary>All objects that are ever stored there are created here, and plainly.</summary>
    private static bool IsCreatedHere(TypeModel type, Place place)
    {
        var creations = 0;
        foreach (var e in type.Bodies.SelectMany(body => body.Events))
            if (e is Adopt adopted && IsSameMember(adopted.Lock, place))
                return false;
            else if (e is Create created && IsSameMember(created.Lock, place))
            {
                if (created.MayNest)
                    return false;
                creations++;
            }

        return creations > 0 || TypeOf(place) is { IsValueType: true };
    }

    /// <summary>Somebody gives it back who did not take it, or other code gets hold of it and may.</summary>
    private static bool IsSignal(TypeModel type, Place place) => type.Bodies.Any(body => type.Visit(body).Any(at =>
        at.Event is Expose exposed && IsSameMember(exposed.Lock, place)
        || at.Event is Release release && IsSameMember(release.Lock, place) && at.Before.Holds(release.Lock, exclusively: false) is null
            && !at.Before.May.Any(held => held.Lock.Place.Equals(release.Lock))));

    private static bool IsSameMember(Place one, Place other) =>
        SymbolEqualityComparer.Default.Equals(one.Member ?? one.Symbol, other.Member ?? other.Symbol);

    private static ITypeSymbol? TypeOf(Place place) => (place.Member ?? place.Symbol) switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        _ => null,
    };
}
