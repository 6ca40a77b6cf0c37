using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Everything known about one outermost type: its bodies, who calls whom, and the locks held at every event.</summary>
internal sealed class TypeModel
{
    private readonly Dictionary<ISymbol, Body> _byMethod = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, LockEffect> _effects = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<Body, LockState?[]> _states = new();
    private readonly Dictionary<Body, List<(Event, LockState)>> _visits = new();
    private readonly HeldLocks _heldLocks;
    private readonly CancellationToken _cancel;
    private bool? _hasLocks, _isTest;

    public TypeModel(Model model, INamedTypeSymbol type, IEnumerable<Body> bodies, CancellationToken cancel)
    {
        Model = model;
        Type = type;
        _cancel = cancel;
        _heldLocks = new(this);
        Bodies = bodies
            .OrderBy(body => body.Tree.FilePath, StringComparer.Ordinal)
            .ThenBy(body => body.Span.Start)
            .ThenBy(body => body.Span.Length)
            .ToImmutableArray();
        foreach (var body in Bodies)
            if (body.Method is { } method)
                _byMethod[method.OriginalDefinition] = body;
        if (HasLocks)
            FindEffects();
        Entry = new(this);
        foreach (var body in Bodies)
            _states[body] = Solve(body, Entry.Of(body));
    }

    public Model Model { get; }

    public INamedTypeSymbol Type { get; }

    /// <summary>In the order of source.</summary>
    public ImmutableArray<Body> Bodies { get; }

    public EntryLocks Entry { get; }

    public Contexts Contexts => field ??= new(this);

    public StateExposure Exposed => field ??= new(this);

    public Roots Roots => field ??= new(this);

    public Accesses Accesses => field ??= new(this);

    /// <summary>The state that its code guards as a rule, and where it does not.</summary>
    public IReadOnlyList<InferredGuard> Guarded => field ??= InferredGuards.In(this).ToList();

    /// <summary>The same bodies as callers of each other.</summary>
    public TypeCode Code => field ??= new(this);

    /// <summary>What it changes beside other code without any guard.</summary>
    public IReadOnlyList<UnguardedChange> Unguarded => field ??= UnguardedState.In(this).ToList();

    public bool HasLocks => _hasLocks ??= Bodies.Any(body => body.Events.Any(e => e is Acquire or TryAcquire or Release or Assume));

    /// <summary>Tests other code.</summary>
    public bool IsTest => _isTest ??= Bodies.Select(body => body.Symbol.ContainingType).Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default)
        .Any(declaring => declaring.GetMembers().Any(Shapes.Tests));

    public Body? BodyOf(IMethodSymbol method) => _byMethod.TryGetValue(method, out var body) ? body : null;

    public LockEffect? EffectOf(IMethodSymbol method) => _effects.TryGetValue(method, out var effect) ? effect : null;

    /// <summary>Who calls a helper that locks for it, on paths that nobody can follow, may hold anything.</summary>
    public LockState?[] Solve(Body body, LockState start) => body.IsLine && body.Events.Any(e => e is Call call && EffectOf(call.Target) is not null)
        ? new LockState?[body.Flow.Nodes.Length]
        : Forward.Solve(body.Flow, start, _heldLocks.Through, _cancel);

    /// <summary>Every event that control can reach, with the state before it; in the order of source within a body.</summary>
    public IReadOnlyList<(Event Event, LockState Before)> Visit(Body body) =>
        _visits.TryGetValue(body, out var visit) ? visit : _visits[body] = Visit(body, _states[body]).ToList();

    public IEnumerable<(Event Event, LockState Before)> Visit(Body body, LockState?[] states)
    {
        for (var i = 0; i < states.Length; i++)
        {
            var state = states[i];
            foreach (var e in body.Flow.Nodes[i].Events)
            {
                if (state is null)
                    break;
                yield return (e, state);
                state = _heldLocks.Through(state, e);
            }
        }
    }

    /// <summary>The same, with the node of the flow and the position in it.</summary>
    public IEnumerable<(int Node, int Index, Event Event, LockState Before)> Positions(Body body)
    {
        var states = _states[body];
        for (var i = 0; i < states.Length; i++)
            for (var (j, state) = (0, states[i]); state is not null && j < body.Flow.Nodes[i].Events.Length; j++)
            {
                var e = body.Flow.Nodes[i].Events[j];
                yield return (i, j, e, state);
                state = _heldLocks.Through(state, e);
            }
    }

    /// <summary>The same, whoever calls: what callers hold is theirs.</summary>
    public IEnumerable<(Event Event, LockState Before)> VisitAlone(Body body) =>
        Entry.Of(body).Must.IsEmpty ? Visit(body) : Visit(body, Solve(body, LockState.Empty));

    /// <summary>What holds where the body returns, or null if it never does.</summary>
    public LockState? AtExit(Body body) => _states[body][body.Flow.Exit];

    /// <summary>What holds where an exception leaves the body, or null if none does.</summary>
    public LockState? AtThrow(Body body) => _states[body][body.Flow.Thrown];

    /// <summary>The locks that are created here, and whether all that are stored there admit one.</summary>
    private Dictionary<Place, bool> Created
    {
        get
        {
            if (field is not null)
                return field;
            field = new();
            foreach (var body in Bodies)
                foreach (var e in body.Events)
                    if (e is Create created)
                        field[created.Lock] = created.AdmitsOne && (!field.TryGetValue(created.Lock, out var all) || all);
            return field;
        }
    }

    /// <summary>A lock excludes: it is not counted, or every one ever stored there admits one.</summary>
    public bool IsExclusive(Lock held) =>
        !held.Nature.Counted || Created.TryGetValue(InOwnType(held.Place), out var admitOne) && admitOne;

    /// <summary>It excludes, or nobody has seen how many it admits.</summary>
    public bool MayExclude(Lock held) => IsExclusive(held) || !Created.ContainsKey(InOwnType(held.Place));

    /// <summary>The place never means another object: read-only, or assigned by construction alone.</summary>
    public bool IsStable(Place place) => place.Member is not { } member || IsStable(member);

    public bool IsStable(ISymbol member) => member switch
    {
        IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null } or IParameterSymbol => true,
        { DeclaredAccessibility: Accessibility.Private } => !Bodies.Any(body => !Entry.IsConstruction(body)
            && body.Events.Any(e => e is Assign { Change: Change.Replace or Change.Clear } assign && SymbolEqualityComparer.Default.Equals(assign.Place.Member, member))),
        _ => false,
    };

    /// <summary>Guards of members used here whose name means nothing where it is written, with the place of the name.</summary>
    public IEnumerable<(Guard Guard, Location Where)> UnresolvedGuards() => Bodies
        .SelectMany(body => body.Events.Select(e => e is Touch touch ? Model.Guards.Of(touch.Member) : e is Call call ? Model.Guards.RequiredBy(call.Target) : null))
        .Where(guard => guard is { Place: null } && Type.Equals(Reader.Outermost(guard.Member.ContainingType), SymbolEqualityComparer.Default))
        .Select(guard => guard!)
        .Distinct()
        .Select(guard => (guard, Annotation.Where(guard.Member) ?? guard.Member.Locations[0]));

    public string NameOf(ISymbol member) => Body.NameOf(member);

    /// <summary>A field named through any object of its type is created by that type as its own.</summary>
    private static Place InOwnType(Place place) =>
        place is { Root: not Root.Static, Member: { } member } ? Place.This(member.ContainingType).Then(member)! : place;

    /// <summary>Helpers that take or release for their callers: solved without callers first, then again until nothing changes.</summary>
    private void FindEffects()
    {
        const int MaxRounds = 4;
        for (var round = 0; round < MaxRounds; round++)
        {
            var changed = false;
            foreach (var body in Bodies)
                if (body.Method is { } method && (body.Flow.Nodes.Length > 3 || round > 0 && body.Events.OfType<Call>().Any(call => _effects.ContainsKey(call.Target))))
                    changed |= Note(method.OriginalDefinition, Solve(body, LockState.Empty)[body.Flow.Exit]);
            if (!changed)
                return;
        }
    }

    private bool Note(IMethodSymbol method, LockState? atExit)
    {
        if (atExit is null)
            return false;
        var gained = ImmutableArray.CreateRange(atExit.Must.Where(held => !held.Assumed && IsOfCaller(held.Lock.Place)).Select(held => held.Lock));
        var lost = atExit.Lost.RemoveAll(given => !IsOfCaller(given.Place));
        if (gained.IsEmpty && lost.IsEmpty)
            return _effects.Remove(method);
        if (_effects.TryGetValue(method, out var known) && known.Gained.SequenceEqual(gained) && known.Lost.SequenceEqual(lost))
            return false;
        _effects[method] = new(gained, lost);
        return true;
    }

    private static bool IsOfCaller(Place place) => place.Root != Root.Local;
}
