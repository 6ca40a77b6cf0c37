namespace Threadwise.Analyzers.Engine;

/// <summary>A field that every call writes before anything reads it, so that it holds what belongs to one call.</summary>
/// <param name="Written">Where a call begins with it.</param>
/// <param name="Read">Where the same call reads it.</param>
internal sealed record Scratch(ISymbol Field, SharedAccess Written, SharedAccess Read);

/// <summary>Fields of a type by which its members tell their helpers what one call is about, though many calls run at a time.</summary>
internal static class CallScratch
{
    private const int MaxCalls = 3;

    /// <param name="isOfMany">Many threads may be in the body at a time.</param>
    public static IEnumerable<Scratch> In(TypeModel type, Func<Body, bool> isOfMany)
    {
        foreach (var state in type.Accesses.States)
            if (state.Member is IFieldSymbol { IsStatic: false, IsReadOnly: false, DeclaredAccessibility: Accessibility.Private } && state.All.All(IsPlain)
                && Of(type, state, isOfMany) is { } scratch)
                yield return scratch;
    }

    private static Scratch? Of(TypeModel type, SharedState state, Func<Body, bool> isOfMany)
    {
        var begun = state.All.GroupBy(static access => access.Body)
            .Where(static body => body.OrderBy(static access => access.Span.Start).First().Shape is Shape.Write or Shape.Clear)
            .ToDictionary(static body => body.Key, static body => body.First());
        if (state.All.Any(access => !begun.ContainsKey(access.Body) && !IsToldBefore(type, access.Body, begun, MaxCalls)))
            return null;
        foreach (var written in begun.Values.OrderBy(static access => access.Span.Start))
            if (isOfMany(written.Body) && state.All.FirstOrDefault(read => !read.Access.IsChange && IsReachedFrom(type, read.Body, written.Body, MaxCalls)) is { } read)
                return new(state.Member, written, read);
        return null;
    }

    /// <summary>All who call it have written the field before.</summary>
    private static bool IsToldBefore(TypeModel type, Body body, Dictionary<Body, SharedAccess> begun, int calls)
    {
        var callers = type.Entry.CallersOf(body);
        return calls > 0 && callers.Count > 0 && callers.All(caller => begun.TryGetValue(caller, out var written)
            ? caller.Events.All(e => e is not Call call || type.BodyOf(call.Target) != body || call.Span.Start > written.Span.Start)
            : IsToldBefore(type, caller, begun, calls - 1));
    }

    private static bool IsReachedFrom(TypeModel type, Body body, Body from, int calls) =>
        ReferenceEquals(body, from) || calls > 0 && type.Entry.CallersOf(body).Any(caller => IsReachedFrom(type, caller, from, calls - 1));

    private static bool IsPlain(SharedAccess access) =>
        access.Held.IsEmpty && access.Shape is not (Shape.Atomic or Shape.Initialize) && access.Access.Place is { Root: Root.This, Path.Length: 1 };
}
