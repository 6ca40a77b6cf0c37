using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>A synchronous body may stop its thread, itself or through the calls in <paramref name="Via"/>.</summary>
internal sealed record Blocking(Block Block, SyntaxTree Tree, ImmutableArray<IMethodSymbol> Via)
{
    /// <summary>The code that stops it.</summary>
    public Location Where => Location.Create(Tree, Block.Span);

    /// <summary>Once, and never again.</summary>
    public bool OnFirstUse { get; init; }

    /// <summary>With other arguments it does not.</summary>
    public ImmutableArray<Choice> Choices { get; init; }

    /// <summary>The same, to tell it from others.</summary>
    public (SyntaxTree, TextSpan) Root => (Tree, Block.Span);
}

/// <summary>Async code calls a synchronous body that may stop the thread.</summary>
internal sealed record Stop(Unit Unit, Call Call, Blocking Blocking)
{
    public Body Body => Unit.Body;

    public TextSpan At => Call.Span;

    /// <summary>For a disk or a network alone, and not for another thread.</summary>
    public bool IsTransfer => Blocking.Block.Fact.Kind == "io";

    /// <summary>Once, because what comes of it is kept.</summary>
    public bool OnFirstUse { get; init; }

    /// <summary>Very many come to the same wait, and one of them has been told.</summary>
    public bool IsOneOfMany { get; init; }

    /// <summary>No reason for a warning.</summary>
    public bool IsInformation => IsTransfer || OnFirstUse || IsOneOfMany || Body.IsProgram;

    /// <summary>What the called type offers that can be awaited.</summary>
    public IMethodSymbol? Twin => Twins.Beside(Call.Target);
}

/// <summary>How each synchronous body may stop its thread, directly and through the synchronous bodies it calls: for each kind the shortest way.</summary>
internal sealed class Blockings
{
    /// <summary>Longer chains are cut: fewer findings, never wrong ones.</summary>
    private const int MaxDepth = 6;

    /// <summary>A file that more async bodies than this come to is a log or the like, which all live with; any other wait is to be mended where it is, so one of them is warned.</summary>
    private const int MaxCallers = 8;

    /// <summary>What is worst for the thread comes first. Whoever only takes a <c>lock</c> is not here: that is no wait to speak of.</summary>
    private static readonly ImmutableArray<string> Kinds = ImmutableArray.Create("wait", "sleep", "signal", "join", "process", "lock", "io");

    private readonly Code _code;
    private readonly Dictionary<Unit, List<Blocking>> _of = new();

    public Blockings(Code code)
    {
        _code = code;
        var grown = new List<Unit>();
        foreach (var unit in code.Units)
            if (unit.IsSynchronous && unit.Moments.Any(IsOwn) && Own(unit) is { Count: > 0 } own)
            {
                _of[unit] = own;
                grown.Add(unit);
            }
        for (var depth = 0; grown.Count > 0 && depth < MaxDepth; depth++)
            grown = Spread(grown, depth);
    }

    /// <summary>In the order of source; once for each async body and what it calls. What stops a thread is said where async code is nearest to it: all who call from further away do not know better.</summary>
    public IReadOnlyList<Stop> Stops =>
        field ??= _of.Count == 0 ? [] : Nearest(_code.Units.Where(unit => unit.Body is { IsAsync: true, IsLine: false }).SelectMany(StopsIn).ToList());

    private static bool IsOwn(Moment moment) => moment is { Event: Block, IsSynchronous: false };

    private List<Blocking> Own(Unit unit) => unit.Moments
        .Where(IsOwn)
        .Select(moment => new Blocking((Block)moment.Event, unit.Body.Tree, ImmutableArray<IMethodSymbol>.Empty)
            { OnFirstUse = FirstUse.Is(unit.Body, moment.Event.Span), Choices = moment.Choices })
        .Where(way => way.Block is { OnFailure: false, Fact: { Kind: var kind, Twin: var twin } } && Kinds.Contains(kind) && (kind != "io" || twin != "")
            && !(way.Block.Asked is { } asked && _code.Runs(asked) is { } made && AtOnce.Is(made)))
        .GroupBy(way => (way.Block.Fact.Kind, way.OnFirstUse, way.Choices.IsDefaultOrEmpty))
        .Select(same => same.First())
        .ToList();

    /// <summary>Tells synchronous callers what their callees have learnt at this depth; returns the callers that learnt something.</summary>
    private List<Unit> Spread(List<Unit> grown, int depth)
    {
        var learnt = new HashSet<Unit>();
        foreach (var callee in grown)
            if (_code.Callers.TryGetValue(callee, out var sites))
                foreach (var (caller, at, call) in sites)
                    if (caller.IsSynchronous && !at.IsSynchronous && Runs(call, callee) && Hears(caller, at, call, callee, depth))
                        learnt.Add(caller);
        return _code.Units.Where(learnt.Contains).ToList();
    }

    private bool Hears(Unit caller, Moment at, Call call, Unit callee, int depth)
    {
        var hears = false;
        foreach (var inner in _of[callee])
        {
            if (inner.Via.Length != depth || Choice.Exclude(call.Choices, inner.Choices))
                continue;
            if (!_of.TryGetValue(caller, out var known))
                _of[caller] = known = new();
            var once = inner.OnFirstUse || IsOnce(caller, call);
            if (known.Any(own => own.Block.Fact.Kind == inner.Block.Fact.Kind && (once || !own.OnFirstUse)
                && (own.Choices.IsDefaultOrEmpty || !at.Choices.IsDefaultOrEmpty)))
                continue;
            known.Add(inner with { Via = inner.Via.Insert(0, call.Target), OnFirstUse = once, Choices = at.Choices });
            hears = true;
        }

        return hears;
    }

    /// <summary>All of the callee runs where it is called, and nobody says that it does not block, or that it does, which is told of the call itself.</summary>
    private bool Runs(Call call, Unit callee) =>
        !call.OnFailure && (call.Enumerated || !callee.IsIterator) && !Annotation.IsNonBlocking(call.Target)
            && !_code.Facts.About(call.Target).Any(static row => row.Effect is Effect.Nothing or Effect.Blocks)
        && !(Shapes.Disposes(call.Target) && !Shapes.IsDisposedAsynchronously(call.Target.ContainingType));

    private IEnumerable<Stop> StopsIn(Unit unit)
    {
        foreach (var moment in unit.Moments)
            if (!moment.IsSynchronous && _code.CallAt(moment.Event) is ({ EndsUse: false } call, var callee)
                && _of.TryGetValue(callee, out var ways) && Runs(call, callee))
                foreach (var way in ways)
                    if (!Choice.Exclude(call.Choices, way.Choices))
                        yield return new(unit, call, way) { OnFirstUse = way.OnFirstUse || IsOnce(unit, call) };
    }

    private static bool IsOnce(Unit caller, Call call) => call.OnFirstUse || FirstUse.Is(caller.Body, call.Span);

    private static List<Stop> Nearest(List<Stop> all)
    {
        var nearest = all.GroupBy(stop => (stop.Blocking.Root, stop.OnFirstUse)).ToDictionary(same => same.Key, same => same.Min(stop => stop.Blocking.Via.Length));
        var near = all.Where(stop => stop.Blocking.Via.Length == nearest[(stop.Blocking.Root, stop.OnFirstUse)]).ToList();
        var told = near.GroupBy(stop => stop.Blocking.Root).Where(same => same.Count() > MaxCallers)
            .ToDictionary(same => same.Key, same => same.OrderBy(stop => stop.IsInformation).First());
        return near.Where(stop => !(stop.IsTransfer && told.ContainsKey(stop.Blocking.Root)))
            .Select(stop => stop with { IsOneOfMany = told.TryGetValue(stop.Blocking.Root, out var one) && one != stop })
            .GroupBy(stop => (stop.Unit, (ISymbol)stop.Call.Target), (_, same) => same.OrderBy(stop => stop.IsInformation)
            .ThenBy(stop => Kinds.IndexOf(stop.Blocking.Block.Fact.Kind)).First())
            .ToList();
    }
}
