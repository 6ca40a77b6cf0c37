using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>The bodies that end an object's use and cannot be awaited: <c>Dispose</c>, a finalizer, and what only these call.</summary>
internal static class CleanUp
{
    public static bool Is(TypeModel type, Body body) => Is(type, body, depth: 0);

    private static bool Is(TypeModel type, Body body, int depth)
    {
        const int MaxDepth = 4;
        return body.Method is { } method && Shapes.CleansUp(method)
            || depth < MaxDepth && !body.IsAsync && type.Entry.CallersOf(body) is { Count: > 0 } callers && callers.All(caller => Is(type, caller, depth + 1));
    }
}
