using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>A lock some body takes, itself or through calls, waiting as long as needed. Callers that reach the same lock share what lies below them.</summary>
/// <param name="Call">The call from the body that leads there; null where the body takes it itself.</param>
/// <param name="Below">The same as it is known to the body that is called.</param>
/// <param name="AfterAwait">Only after it may have been suspended, so not while a caller that does not await it goes on.</param>
internal record Acquisition(Lock Lock, IMethodSymbol? Call, Acquisition? Below, bool AfterAwait)
{
    /// <summary>The code that takes it.</summary>
    public virtual Location Where => Below!.Where;

    /// <summary>Asked for whatever the arguments are, and not only after it was given back.</summary>
    public bool IsCertain { get; init; }

    /// <summary>How many calls lead to it.</summary>
    public int Depth { get; } = Below is null ? 0 : Below.Depth + 1;

    /// <summary>The calls from the body to where it is taken.</summary>
    public ImmutableArray<IMethodSymbol> Via
    {
        get
        {
            var calls = ImmutableArray.CreateBuilder<IMethodSymbol>(Depth);
            for (var at = this; at.Below is not null; at = at.Below)
                calls.Add(at.Call!);
            return calls.MoveToImmutable();
        }
    }

    public Acquisition Through(Call call, Lock seen) => new(seen, call.Target, this, AfterAwait) { IsCertain = IsCertain };
}

/// <summary>A lock a body takes itself.</summary>
internal sealed record OwnAcquisition(Lock Lock, SyntaxTree Tree, TextSpan At, bool AfterAwait) : Acquisition(Lock, null, null, AfterAwait)
{
    public override Location Where => Location.Create(Tree, At);
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
            var own = new List<Acquisition>(0);
            foreach (var moment in unit.Moments)
                if (moment.Event is Acquire taken)
                    own.Add(Own(unit, moment, taken.Lock));
            IsTruncated |= own.Count > MaxLocks;
            if (own.Count > 0)
                _of[unit] = own.Take(MaxLocks).ToList();
        }

        var grown = code.Units.Where(_of.ContainsKey).ToList();
        for (var depth = 0; grown.Count > 0 && depth < MaxDepth; depth++)
            grown = Spread(grown, depth);
    }

    public IReadOnlyList<Acquisition> Of(Unit unit) => _of.TryGetValue(unit, out var known) ? known : [];

    /// <summary>What a call takes, as its caller names it.</summary>
    public IEnumerable<Acquisition> Through(Call call, Unit callee)
    {
        foreach (var inner in Of(callee))
            if (Seen(inner, call, callee) is { } seen)
                yield return inner.Through(call, seen);
    }

    /// <summary>A lock the callee takes as a caller names it, if the call comes to take it.</summary>
    public Lock? Seen(Acquisition inner, Call call, Unit callee) =>
        inner.Depth < MaxDepth && (call.Awaited || !inner.AfterAwait) && (call.Enumerated || !callee.IsIterator) ? _code.Seen(inner.Lock, call) : null;

    /// <summary>Some body takes more locks than are kept.</summary>
    public bool IsTruncated { get; private set; }

    private static Acquisition Own(Unit unit, Moment moment, Lock taken) =>
        new OwnAcquisition(taken, unit.Body.Tree, moment.Event.Span, moment.AfterAwait) { IsCertain = moment.IsCertain(taken.Place) };

    /// <summary>Tells callers what their callees have learnt at this depth; returns the callers that learnt something.</summary>
    private List<Unit> Spread(List<Unit> grown, int depth)
    {
        var learnt = new HashSet<Unit>();
        foreach (var callee in grown)
            if (_code.Callers.TryGetValue(callee, out var sites))
                foreach (var (caller, at, call) in sites)
                    if (Hears(caller, at, call, callee, depth))
                        learnt.Add(caller);
        // In the order of source: which locks are dropped when there are too many must not depend on anything else.
        return _code.Units.Where(learnt.Contains).ToList();
    }

    private bool Hears(Unit caller, Moment at, Call call, Unit callee, int depth)
    {
        if (!_of.TryGetValue(caller, out var known))
            _of[caller] = known = new();
        var told = _of[callee];
        var before = known.Count;
        // Nobody passes on what they hear only now, which is one call deeper, so that every lock is first heard of by its shortest way.
        for (var i = 0; i < told.Count; i++)
        {
            var inner = told[i];
            if (inner.Depth != depth || Seen(inner, call, callee) is not { } seen)
                continue;
            var (afterAwait, isCertain) = (inner.AfterAwait || at.AfterAwait, inner.IsCertain && at.IsCertain(seen.Place));
            if (IsKnown(known, seen, afterAwait, isCertain))
                continue;
            if (known.Count >= MaxLocks)
            {
                IsTruncated = true;
                break;
            }

            known.Add(new(seen, call.Target, inner, afterAwait) { IsCertain = isCertain });
        }

        return known.Count > before;
    }

    private static bool IsKnown(List<Acquisition> all, Lock wanted, bool afterAwait, bool isCertain)
    {
        foreach (var known in all)
            if (known.Lock.IsSame(wanted.Place, wanted.Mode) && (!known.AfterAwait || afterAwait) && (known.IsCertain || !isCertain))
                return true;
        return false;
    }
}
