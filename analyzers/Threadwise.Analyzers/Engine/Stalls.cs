using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>A body that took a thread's lock stops its thread, itself or through the calls in <paramref name="Via"/>.</summary>
internal sealed record Stall(Body Body, Held Held, Block Block, ImmutableArray<IMethodSymbol> Via, TextSpan At);

/// <summary>Where threads stop while they hold a lock; in the body that took it, so that nothing is said twice. Who locks a stream to use it means to wait.</summary>
internal sealed class Stalls
{
    /// <summary>Longer chains are cut.</summary>
    private const int MaxDepth = 6;

    private readonly TypeModel _type;
    private readonly Dictionary<Body, (Block Block, ImmutableArray<IMethodSymbol> Via)> _first = new();

    public Stalls(TypeModel type)
    {
        _type = type;
        foreach (var body in type.Bodies)
            if (type.Visit(body).Select(at => Blocking(at.Event, at.Before)).FirstOrDefault(block => block is not null) is { } first)
                _first[body] = (first, ImmutableArray<IMethodSymbol>.Empty);
        for (var (depth, grown) = (0, _first.Count > 0); grown && depth < MaxDepth; depth++)
        {
            var found = type.Bodies.Where(body => !_first.ContainsKey(body))
                .Select(body => (Body: body, Way: body.Events.Select(Through).FirstOrDefault(way => way is not null))).Where(found => found.Way is not null).ToList();
            foreach (var (body, way) in found)
                _first[body] = way!.Value;
            grown = found.Count > 0;
        }
    }

    public IEnumerable<Stall> All()
    {
        if (_first.Count == 0)
            yield break;
        foreach (var body in _type.Bodies)
            foreach (var (e, before) in _type.Visit(body))
                if (before.Must.LastOrDefault(held => held is { Assumed: false, Lock.Nature.Affine: true }) is { } held)
                    if (Blocking(e, before) is { } block && !block.Tasks.Contains(held.Lock.Place))
                        yield return new(body, held, block, ImmutableArray<IMethodSymbol>.Empty, e.Span);
                    else if (Through(e) is var (inner, via))
                        yield return new(body, held, inner, via, e.Span);
    }

    private (Block Block, ImmutableArray<IMethodSymbol> Via)? Through(Event e) =>
        e is Call call && _type.BodyOf(call.Target) is { } callee && (call.Awaited || !callee.IsAsync) && !callee.Events.Any(inner => inner is Yield)
            && _first.TryGetValue(callee, out var way)
            ? (way.Block, way.Via.Insert(0, call.Target))
            : null;

    /// <summary>Waiting for a lock is the affair of the order of locks; waiting on the lock itself gives it back.</summary>
    private Block? Blocking(Event e, LockState before) =>
        e is Block { Fact.Kind: "wait" or "sleep" or "io" or "signal" or "join" or "process" or "ui", IsComplete: false } block
        && !block.Tasks.Any(before.Completed.Contains) && _type.Model.Facts.About(block.Member, Effect.Waits) is null ? block : null;
}
