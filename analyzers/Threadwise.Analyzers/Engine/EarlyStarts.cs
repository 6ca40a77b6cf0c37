using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>Work is started before a field that it reads has its value.</summary>
/// <param name="Assigned">Where the field gets it.</param>
/// <param name="Read">Where the work reads it.</param>
internal sealed record EarlyStart(Body Body, Escape Start, Access Assigned, Body Reader, Access Read);

/// <summary>Where the bodies of a type start work too early.</summary>
internal static class EarlyStarts
{
    public const int MaxCalls = 2;

    public static IEnumerable<EarlyStart> In(TypeModel type)
    {
        if (type.IsTest)
            yield break;
        foreach (var body in type.Bodies)
            foreach (var start in body.Events.OfType<Escape>())
                if (IsEarly(start) && type.BodyOf(start.Target) is { } work && Early(type, body, start, work) is { } early)
                    yield return early;
    }

    /// <summary>From here on it may run at any time.</summary>
    public static bool IsEarly(Escape start) => start is { IsJoined: false, IsDormant: false }
        && (start.Begun is not null || start is { By: not null, RunsBeside: true } or { By: IMethodSymbol { MethodKind: not MethodKind.Constructor }, IsStarted: true });

    private static EarlyStart? Early(TypeModel type, Body body, Escape start, Body work)
    {
        var (before, after) = (new List<Place>(), false);
        foreach (var e in body.Events)
            if (ReferenceEquals(e, start))
                after = true;
            else if (after && e is Await or Block { Fact.Kind: "join" or "wait" })
                return null;
            else if (e is Access { Shape: Shape.Write or Shape.Clear or Shape.Initialize, Place: { Root: Root.This, Path.Length: 1 } place } assigned)
                if (!after || start.Begun is { } begun && assigned.Span.Start < begun.End)
                    before.Add(place);
                else if (assigned.Shape == Shape.Write && !before.Contains(place) && !IsResultOf(assigned, start) && HasNoOtherValue(type.Bodies, body, place)
                    && ReadBy(type, work, place, MaxCalls) is { } read)
                    return new(body, start, assigned, read.Body, read.Access);
        return null;
    }

    /// <summary>The field of the task or timer itself.</summary>
    private static bool IsResultOf(Access assigned, Escape start) => assigned.Value.Contains(start.Span);

    /// <summary>Until then it has none at all.</summary>
    public static bool HasNoOtherValue(IEnumerable<Body> all, Body body, Place place) =>
        !all.Any(other => !ReferenceEquals(other, body)
            && other.Events.Any(e => e is Access { Shape: Shape.Write or Shape.Initialize or Shape.Atomic } access && access.Place.Equals(place)))
        && !HasInitializer(place.Member!);

    private static bool HasInitializer(ISymbol member) => member.DeclaringSyntaxReferences is [var declaration]
        && declaration.GetSyntax() is VariableDeclaratorSyntax { Initializer: not null } or PropertyDeclarationSyntax { Initializer: not null };

    private static (Body Body, Access Access)? ReadBy(TypeModel type, Body work, Place place, int calls)
    {
        if (ReadIn(work, place) is { } read)
            return (work, read);
        foreach (var e in work.Events)
            if (calls > 0 && e is Call { On: null or { Root: Root.This, Path.IsEmpty: true } } call && type.BodyOf(call.Target) is { } callee
                && ReadBy(type, callee, place, calls - 1) is { } found)
                return found;
        return null;
    }

    /// <summary>Where the body itself reads it without a look at whether it is there.</summary>
    public static Access? ReadIn(Body work, Place place, TextSpan outside = default) =>
        work.Events.OfType<Access>().FirstOrDefault(read => !outside.Contains(read.Span)
            && read is { Shape: Shape.Read or Shape.Use or Shape.Enumerate or Shape.Change, IsTested: false, IfAny: false } && read.Place.Equals(place));
}
