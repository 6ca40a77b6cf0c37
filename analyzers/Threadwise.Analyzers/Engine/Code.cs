using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Bodies that call each other: those of one type, or all of the compilation.</summary>
internal abstract class Code
{
    private Acquisitions? _acquisitions;
    private LockOrder? _order;
    private Blockings? _blockings;
    private Dictionary<Unit, List<(Unit Caller, Moment At, Call Call)>>? _callers;
    private HashSet<Unit>? _started;
    private readonly Dictionary<ISymbol, bool> _tests = new(SymbolEqualityComparer.Default);

    /// <summary>In the order of source.</summary>
    public abstract ImmutableArray<Unit> Units { get; }

    public Acquisitions Acquisitions => _acquisitions ??= new(this);

    public Blockings Blockings => _blockings ??= new(this);

    /// <summary>Who calls a body, and where.</summary>
    public IReadOnlyDictionary<Unit, List<(Unit Caller, Moment At, Call Call)>> Callers => _callers ??= FindCallers();

    public LockOrder Order => _order ??= new(this);

    /// <summary>The call an event makes, and the one body that then runs; null when that is not known.</summary>
    public abstract (Call Call, Unit Callee)? CallAt(Event e);

    /// <summary>What stands for a lock in the order of locks, the same in all bodies; null when nothing can.</summary>
    public abstract Place? Key(Lock held);

    /// <summary>A lock that a callee asks for as its caller names it; null when the caller cannot.</summary>
    public abstract Lock? Seen(Lock wanted, Call call);

    /// <summary>Both run on the one thread that all objects of their kind have.</summary>
    public bool AreConfined(Unit a, Unit b) => IsConfined(a) && IsConfined(b);

    /// <summary>Tests other code, at a time when nothing else runs.</summary>
    public bool IsTest(Unit unit)
    {
        var type = unit.Body.Symbol.ContainingType;
        if (!_tests.TryGetValue(type, out var tests))
            _tests[type] = tests = type.GetMembers().Any(Shapes.Tests);
        return tests;
    }

    public abstract Facts Facts { get; }

    /// <summary>The one method that runs when this one is called; null when that is not known.</summary>
    public virtual IMethodSymbol? Runs(IMethodSymbol target) => target.IsAbstract || target.IsVirtual || target.IsOverride ? null : target;

    protected abstract Unit? UnitOf(IMethodSymbol method);

    private Dictionary<Unit, List<(Unit Caller, Moment At, Call Call)>> FindCallers()
    {
        var callers = new Dictionary<Unit, List<(Unit, Moment, Call)>>();
        foreach (var unit in Units)
            foreach (var moment in unit.Moments)
                if (CallAt(moment.Event) is var (call, callee))
                {
                    if (!callers.TryGetValue(callee, out var known))
                        callers[callee] = known = new();
                    known.Add((unit, moment, call));
                }
        return callers;
    }

    private bool IsConfined(Unit unit) => Facts.About(unit.Body.Symbol.ContainingType, Effect.Confined) is not null && !(_started ??= Started()).Contains(unit);

    /// <summary>All that runs on other threads because somebody starts it there.</summary>
    private HashSet<Unit> Started()
    {
        var started = new HashSet<Unit>();
        var pending = new Stack<Unit?>(Units.SelectMany(unit => unit.Moments)
            .Select(moment => moment.Event is Escape { IsStarted: true } start ? UnitOf(start.Target) : null));
        while (pending.Count > 0)
            if (pending.Pop() is { } unit && started.Add(unit))
                foreach (var moment in unit.Moments)
                    pending.Push(CallAt(moment.Event)?.Callee);
        return started;
    }
}

/// <summary>The bodies of one outermost type. Locks are told apart by instance, so what they say is certain.</summary>
internal sealed class TypeCode : Code
{
    private readonly TypeModel _type;
    private readonly Dictionary<Body, Unit> _units;

    public TypeCode(TypeModel type)
    {
        _type = type;
        Units = ImmutableArray.CreateRange(type.Bodies, body => Unit.Of(type, body));
        _units = Enumerable.Range(0, Units.Length).ToDictionary(i => type.Bodies[i], i => Units[i]);
    }

    public override ImmutableArray<Unit> Units { get; }

    public override (Call Call, Unit Callee)? CallAt(Event e) =>
        e is Call call && _type.BodyOf(call.Target) is { } body ? (call, _units[body]) : null;

    /// <summary>The lock is one object for all who use it by this name, always the same, and excludes.</summary>
    public override Place? Key(Lock held) =>
        held.Place.IsOfInstanceOrStatic && held.Place.Path.Length <= 1 && _type.IsStable(held.Place) && _type.IsExclusive(held) ? held.Place : null;

    public override Lock? Seen(Lock wanted, Call call) => HeldLocks.Seen(wanted.Place, call) is { } place ? wanted.At(place) : null;

    public override Facts Facts => _type.Model.Facts;

    protected override Unit? UnitOf(IMethodSymbol method) => _type.BodyOf(method) is { } body ? _units[body] : null;
}
