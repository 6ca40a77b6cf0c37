using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>What is held whenever a body of a type begins, because all who call it hold it, or because it says so.</summary>
/// <remarks>The greatest solution: a closed body starts from “everything” and loses what some caller does not hold.</remarks>
internal sealed class EntryLocks
{
    private readonly TypeModel _type;
    private readonly Dictionary<Body, LockState?> _entry = new();
    private readonly HashSet<Body> _constructing = new();
    private readonly HashSet<ISymbol> _escaped = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _deferred = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<Body, List<(Body Caller, Call Call)>> _callers = new();

    public EntryLocks(TypeModel type)
    {
        _type = type;
        foreach (var body in type.Bodies)
            foreach (var e in body.Events)
                if (e is Escape escape)
                    (escape.Deferred ? _deferred : _escaped).Add(escape.Target);
                else if (e is Call call && type.BodyOf(call.Target) is { } callee)
                    SitesOf(callee).Add((body, call));
        FindConstruction();
        if (type.HasLocks || type.Bodies.Any(body => Promised(body) != LockState.Empty || IsFunction(body) && body.Events.Any(e => e is Block) || WaitsForCallers(body)))
            Solve();
    }

    public LockState Of(Body body) => _entry.TryGetValue(body, out var entry) && entry is not null ? entry : Promised(body);

    /// <summary>Runs only while its object is being constructed.</summary>
    public bool IsConstruction(Body body) => body.IsConstruction || _constructing.Contains(body);

    /// <summary>Runs later in the course of some work, under locks nobody here can name.</summary>
    public bool IsDeferred(Body body) => body.Method is { } method && _deferred.Contains(method.OriginalDefinition) && !_escaped.Contains(method.OriginalDefinition);

    private bool IsOpen(Body body) =>
        !body.IsClosed || !_callers.ContainsKey(body) || _escaped.Contains(body.Method!.OriginalDefinition) || _deferred.Contains(body.Method!.OriginalDefinition);

    /// <summary>All bodies that call this one, where they are known; else none.</summary>
    public IReadOnlyList<Body> CallersOf(Body body) => IsOpen(body) ? [] : _callers[body].ConvertAll(static site => site.Caller);

    private List<(Body Caller, Call Call)> SitesOf(Body callee)
    {
        if (!_callers.TryGetValue(callee, out var callers))
            _callers[callee] = callers = new();
        return callers;
    }

    private void FindConstruction()
    {
        for (var grown = true; grown;)
        {
            grown = false;
            foreach (var body in _type.Bodies)
                if (!IsConstruction(body) && !IsOpen(body)
                    && _callers[body].All(site => IsConstruction(site.Caller) && site.Call.On is null or { Root: Root.This, Path.IsEmpty: true }))
                    grown |= _constructing.Add(body);
        }
    }

    /// <summary>For what it waits its callers may know to be over.</summary>
    private bool WaitsForCallers(Body body) => !body.IsAsync && !IsOpen(body) && body.Events.Any(e => e is Block { Fact.Kind: "wait", Tasks.IsEmpty: false });

    private void Solve()
    {
        foreach (var body in _type.Bodies)
            _entry[body] = IsOpen(body) ? Promised(body) : null;
        var pending = new Queue<Body>(_type.Bodies.Where(body => _entry[body] is not null));
        while (pending.Count > 0)
        {
            var caller = pending.Dequeue();
            foreach (var (e, state) in _type.Visit(caller, _type.Solve(caller, _entry[caller]!)))
                if (e is Call call && _type.BodyOf(call.Target) is { } callee && !IsOpen(callee) && !(IsConstruction(caller) && !IsConstruction(callee)))
                {
                    var seen = _entry[callee];
                    var here = Inside(state, call, callee);
                    var joined = seen is null ? here : seen.Join(here);
                    if (seen is not null && joined.IsSameAs(seen))
                        continue;
                    _entry[callee] = joined;
                    if (!pending.Contains(callee))
                        pending.Enqueue(callee);
                }
        }
    }

    /// <summary>A caller's locks, and the tasks it knows to be complete, as its callee sees them.</summary>
    private LockState Inside(LockState state, Call call, Body callee)
    {
        var inside = Promised(callee);
        foreach (var held in state.Must)
            if (HeldLocks.SeenInside(held.Lock.Place, call, callee.Symbol.ContainingType) is { } place)
                inside = inside.Assumed(held.Lock with { Place = place }, callee.Span);
        foreach (var task in state.Completed)
            if ((IsFunction(callee) ? task : HeldLocks.SeenInside(task, call, callee.Symbol.ContainingType)) is { } seen)
                inside = inside.Done(seen);
        return call.Elements is { } all && state.Completed.Contains(all) ? inside.Done(Place.Of(call.Target.Parameters[0])) : inside;
    }

    /// <summary>Sees the variables of its caller.</summary>
    private static bool IsFunction(Body body) => body.Method is { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction };

    /// <summary>What the body itself says its callers hold.</summary>
    private LockState Promised(Body body)
    {
        if (body.Method is not { MethodKind: not (MethodKind.AnonymousFunction or MethodKind.LocalFunction) } method)
            return LockState.Empty;
        var promised = LockState.Empty;
        if (_type.Model.Guards.RequiredBy(method) is { Place: { } required })
            promised = promised.Assumed(new(required, Mode.Exclusive, LockNature.Unknown), body.Span);
        if (method.MethodImplementationFlags.HasFlag(System.Reflection.MethodImplAttributes.Synchronized))
            promised = promised.Assumed(new(method.IsStatic
                ? Place.TypeOf(method.ContainingType)
                : Place.This(method.ContainingType), Mode.Exclusive, _type.Model.LockTypes.OfStatement), body.Span);
        return promised;
    }
}
