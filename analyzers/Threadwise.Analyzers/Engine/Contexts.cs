using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Whose thread a synchronous body runs on, and which member of the type is entered for it.</summary>
/// <param name="Kind">As tables say it: ui, request, start, pool.</param>
internal sealed record Context(string Kind, Body Entry);

/// <summary>The synchronous bodies of a type that frameworks, events and the pool come to, by the entries they come by.</summary>
internal sealed class Contexts
{
    private readonly Dictionary<Body, Context> _of = new();

    public Contexts(TypeModel type)
    {
        var pooled = new HashSet<ISymbol>(type.Bodies.SelectMany(body => body.Events).OfType<Escape>()
            .Where(escape => escape.OnPool).Select(escape => (ISymbol)escape.Target.OriginalDefinition), SymbolEqualityComparer.Default);
        var pending = new Queue<(Body Body, Context Context)>();
        foreach (var body in type.Bodies)
            if (Entered(body, type.Model.Facts, pooled) is { } kind)
                pending.Enqueue((body, new(kind, body)));
        while (pending.Count > 0)
        {
            var (body, context) = pending.Dequeue();
            if (body.IsAsync || _of.ContainsKey(body))
                continue;
            _of[body] = context;
            foreach (var e in body.Events)
                if (e is Call { OnFailure: false } call && type.BodyOf(call.Target) is { } callee)
                    pending.Enqueue((callee, context));
        }
    }

    public Context? Of(Body body) => _of.TryGetValue(body, out var context) ? context : null;

    private static string? Entered(Body body, Facts facts, HashSet<ISymbol> pooled)
    {
        if (body.Method is not { } method)
            return null;
        if (pooled.Contains(method.OriginalDefinition))
            return "pool";
        if (facts.About(method, Effect.Serves) is { } served)
            return served.Kind;
        return facts.About(method.ContainingType, Effect.Confined)?.Kind switch
        {
            "ui" when Shapes.Handles(method) => "ui",
            "request" when method is { DeclaredAccessibility: Accessibility.Public, MethodKind: MethodKind.Ordinary, IsStatic: false, OverriddenMethod: null } =>
                "request",
            _ => null,
        };
    }
}
