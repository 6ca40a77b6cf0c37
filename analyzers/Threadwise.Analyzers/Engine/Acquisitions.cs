using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>A lock some body takes, itself or through calls, waiting as long as needed.</summary>
/// <param name="Chain">The calls from the body to where it is taken; none where the body takes it itself.</param>
/// <param name="AfterAwait">Only after it may have been suspended, so not while a caller that does not await it goes on.</param>
internal sealed record Acquisition(Lock Lock, CallChain? Chain, SyntaxTree Tree, TextSpan At, bool AfterAwait)
{
    /// <summary>Asked for whatever the arguments are, and not only after it was given back.</summary>
    public bool IsCertain { get; init; }

    public ImmutableArray<IMethodSymbol> Via => Chain?.ToImmutableArray() ?? ImmutableArray<IMethodSymbol>.Empty;

    public int Depth => Chain?.Length ?? 0;

    public Acquisition Through(Call call, Lock seen) => new(seen, new(call.Target, Chain), Tree, At, AfterAwait) { IsCertain = IsCertain };
}

/// <summary>Calls one below the other; callers that reach the same lock share what lies below them.</summary>
internal sealed class CallChain(IMethodSymbol target, CallChain? below)
{
    public int Length { get; } = below is null ? 1 : below.Length + 1;

    public ImmutableArray<IMethodSymbol> ToImmutableArray()
    {
        var calls = ImmutableArray.CreateBuilder<IMethodSymbol>(Length);
        for (var at = this; at is not null; at = at.Below)
            calls.Add(at.Target);
        return calls.MoveToImmutable();
    }

    private IMethodSymbol Target => target;

    private CallChain? Below => below;
}

/// <summary>All locks each body takes, directly and through the bodies it calls; the shortest way to each.</summary>
internal sealed class Acquisitions
{
    /// <summary>Longer chains are cut, more locks are dropped: fewer findings, never wrong ones.</summary>
    public const int MaxDepth = 8, MaxLocks = 32;

    private readonly Code _code;
    private readonly Dictionary<Unit, List<Acquisition>> _of = new();

    public Acquisitions(Code code)
    {
        _code = code;
        foreach (var unit in code.Units)
        {
            var own = unit.Moments
                .Where(moment => moment.Event is Acquire)
                .Select(moment => new Acquisition(((Acquire)moment.Event).Lock, null, unit.Body.Tree, moment.Event.Span, moment.AfterAwait) { IsCertain = moment.IsCertain(((Acquire)moment.Event).Lock.Place) })
                .ToList();
            IsTruncated |= own.Count > MaxLocks;
            _of[unit] = own.Take(MaxLocks).ToList();
        }

        var callers = Callers();
        var grown = code.Units.Where(unit => _of[unit].Count > 0).ToList();
        for (var depth = 0; grown.Count > 0 && depth < MaxDepth; depth++)
            grown = Spread(grown, callers, depth);
    }

    public IReadOnlyList<Acquisition> Of(Unit unit) => _of[unit];

    /// <summary>What a call takes, as its caller names it.</summary>
    public IEnumerable<Acquisition> Through(Call call, Unit callee)
    {
        foreach (var (seen, inner) in Reached(call, callee))
            yield return inner.Through(call, seen);
    }

    /// <summary>The same as it is known to the callee, with the caller's name for the lock.</summary>
    public IEnumerable<(Lock Seen, Acquisition Inner)> Reached(Call call, Unit callee, int fromDepth = 0)
    {
        if (callee.IsIterator && !call.Enumerated)
            yield break;
        foreach (var inner in _of[callee])
            if (inner.Depth >= fromDepth && inner.Depth < MaxDepth && (call.Awaited || !inner.AfterAwait) && _code.Seen(inner.Lock, call) is { } seen)
                yield return (seen, inner);
    }

    /// <summary>Some body takes more locks than are kept.</summary>
    public bool IsTruncated { get; private set; }

    private Dictionary<Unit, List<(Unit Caller, Moment At, Call Call)>> Callers()
    {
        var callers = new Dictionary<Unit, List<(Unit, Moment, Call)>>();
        foreach (var unit in _code.Units)
            foreach (var moment in unit.Moments)
                if (_code.CallAt(moment.Event) is var (call, callee))
                {
                    if (!callers.TryGetValue(callee, out var known))
                        callers[callee] = known = new();
                    known.Add((unit, moment, call));
                }
        return callers;
    }

    /// <summary>Tells callers what their callees have learnt at this depth; returns the callers that learnt something.</summary>
    private List<Unit> Spread(List<Unit> grown, Dictionary<Unit, List<(Unit Caller, Moment At, Call Call)>> callers, int depth)
    {
        // Nobody passes on what they hear only now, so that every lock is first heard of by its shortest way.
        var news = new Dictionary<Unit, List<Acquisition>>();
        var learnt = new List<Unit>();
        foreach (var callee in grown)
            if (callers.TryGetValue(callee, out var sites))
                foreach (var (caller, at, call) in sites)
                {
                    if (!news.TryGetValue(caller, out var heard))
                    {
                        news[caller] = heard = new();
                        learnt.Add(caller);
                    }

                    Hear(caller, heard, Reached(call, callee, depth), at, call);
                }
        foreach (var caller in learnt)
            _of[caller].AddRange(news[caller]);
        return learnt.FindAll(caller => news[caller].Count > 0);
    }

    private void Hear(Unit caller, List<Acquisition> heard, IEnumerable<(Lock Seen, Acquisition Inner)> told, Moment at, Call call)
    {
        var known = _of[caller];
        foreach (var (seen, inner) in told)
        {
            var (afterAwait, isCertain) = (inner.AfterAwait || at.AfterAwait, inner.IsCertain && at.IsCertain(seen.Place));
            if (IsKnown(known, seen, afterAwait, isCertain) || IsKnown(heard, seen, afterAwait, isCertain))
                continue;
            if (known.Count + heard.Count >= MaxLocks)
            {
                IsTruncated = true;
                return;
            }

            heard.Add(new(seen, new(call.Target, inner.Chain), inner.Tree, inner.At, afterAwait) { IsCertain = isCertain });
        }
    }

    private static bool IsKnown(List<Acquisition> all, Lock wanted, bool afterAwait, bool isCertain)
    {
        foreach (var known in all)
            if (known.Lock.IsSame(wanted.Place, wanted.Mode) && (!known.AfterAwait || afterAwait) && (known.IsCertain || !isCertain))
                return true;
        return false;
    }
}
