using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>A lock some body takes, itself or through the calls in <paramref name="Via"/>, waiting as long as needed.</summary>
/// <param name="AfterAwait">Only after it may have been suspended, so not while a caller that does not await it goes on.</param>
internal sealed record Acquisition(Lock Lock, ImmutableArray<IMethodSymbol> Via, SyntaxTree Tree, TextSpan At, bool AfterAwait);

/// <summary>All locks each body of a type takes, directly and through the bodies it calls; the shortest way to each.</summary>
internal sealed class Acquisitions
{
    /// <summary>Longer chains are cut, more locks are dropped: fewer findings, never wrong ones.</summary>
    private const int MaxDepth = 8, MaxLocks = 32;

    private readonly Dictionary<Body, List<Acquisition>> _of = new();

    public Acquisitions(TypeModel type)
    {
        foreach (var body in type.Bodies)
            _of[body] = type.Visit(body)
                .Where(at => at.Event is Acquire)
                .Select(at => new Acquisition(((Acquire)at.Event).Lock, ImmutableArray<IMethodSymbol>.Empty, body.Tree, at.Event.Span, body.IsAsync && at.Before.IsAfterAwait))
                .Take(MaxLocks)
                .ToList();
        for (var (depth, grown) = (0, true); grown && depth < MaxDepth; depth++)
        {
            grown = false;
            foreach (var body in type.Bodies)
                foreach (var (e, before) in type.Visit(body))
                    if (e is Call call && type.BodyOf(call.Target) is { } callee)
                        foreach (var inner in Through(call, callee).ToList())
                            grown |= Add(_of[body], inner with { AfterAwait = inner.AfterAwait || body.IsAsync && before.IsAfterAwait });
        }
    }

    public IReadOnlyList<Acquisition> Of(Body body) => _of[body];

    /// <summary>What a call takes, as its caller names it.</summary>
    public IEnumerable<Acquisition> Through(Call call, Body callee)
    {
        foreach (var inner in _of[callee])
            if (inner.Via.Length < MaxDepth && (call.Awaited || !inner.AfterAwait) && HeldLocks.Seen(inner.Lock.Place, call) is { } place)
                yield return inner with { Lock = inner.Lock with { Place = place }, Via = inner.Via.Insert(0, call.Target) };
    }

    private static bool Add(List<Acquisition> all, Acquisition found)
    {
        if (all.Count >= MaxLocks || all.Any(known => known.Lock.IsSame(found.Lock.Place, found.Lock.Mode) && (!known.AfterAwait || found.AfterAwait)))
            return false;
        all.Add(found);
        return true;
    }
}
