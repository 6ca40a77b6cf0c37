using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>A constructor puts its own object where others find it.</summary>
/// <param name="Into">The variable or collection.</param>
/// <param name="IsForThreads">It says of itself that other threads read it.</param>
internal sealed record Announced(ISymbol Into, bool IsForThreads, TextSpan Span) : Event(Span), IAsked;

/// <summary>A constructor lets other threads have its object, and goes on writing it.</summary>
/// <param name="To">What has the object then: a variable, a collection, or what started work on it.</param>
/// <param name="Where">Where it gets it.</param>
internal sealed record EarlyEscape(Body Body, ISymbol To, TextSpan Where, Access Written);

/// <summary>Where the constructors of a type let go of their object too early.</summary>
internal static class EarlyEscapes
{
    public static IEnumerable<EarlyEscape> In(TypeModel type)
    {
        if (type.IsTest)
            yield break;
        foreach (var body in type.Bodies)
            if (body.Method is { MethodKind: MethodKind.Constructor })
                foreach (var (to, where, isSpoilt) in Escapes(type, body))
                    if (Later(type, body, where, isSpoilt) is { } written)
                    {
                        yield return new(body, to, where, written);
                        break;
                    }
    }

    /// <summary>Where others get the object, and which writes from then on are in their way.</summary>
    private static IEnumerable<(ISymbol To, TextSpan Where, Func<Access, bool> IsSpoilt)> Escapes(TypeModel type, Body body)
    {
        foreach (var remark in body.Remarks)
            if (remark is Announced announced && (announced.IsForThreads || ThreadAwareness.Of(type)))
                yield return (announced.Into, announced.Span, static _ => true);
        // What work finds that reads a field too early is said where the work is started; see EarlyStarts.
        foreach (var e in body.Events)
            if (e is Escape { By: { } by, RunsBeside: true, IsJoined: false, IsDormant: false } start && type.BodyOf(start.Target) is { } work)
                yield return (by, start.Span, written => ChangedBy(type, work, written.Place));
    }

    /// <summary>The first field of the object that is written afterwards, while no lock keeps others out.</summary>
    private static Access? Later(TypeModel type, Body body, TextSpan where, Func<Access, bool> isSpoilt)
    {
        foreach (var (e, before) in type.Visit(body))
            if (e is Access { IsChange: true, IsOfElements: false, Place: { Root: Root.This, Path.Length: 1 } } written
                && written.Span.Start > where.End && !written.Value.Contains(where) && !before.Must.Any(held => type.IsExclusive(held.Lock)) && isSpoilt(written))
                return written;
        return null;
    }

    /// <summary>The work itself gives the field another value, which one of the two then loses.</summary>
    private static bool ChangedBy(TypeModel type, Body work, Place place) => work.Events.Any(e =>
        e is Access { Shape: Shape.Update or Shape.Write } changed && changed.Place.Equals(place)
        || e is Call { On: null or { Root: Root.This, Path.IsEmpty: true } } call && type.BodyOf(call.Target) is { } callee
            && callee.Events.Any(inner => inner is Access { Shape: Shape.Update or Shape.Write } change && change.Place.Equals(place)));
}
