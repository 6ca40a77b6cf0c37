using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Somewhere a lock is requested while another is held.</summary>
/// <param name="Since">Where the held lock was taken.</param>
/// <param name="Way">The calls that lead to where it is requested, if it is not here.</param>
/// <param name="Gates">What else is held: two steps under one gate never run at the same time.</param>
internal sealed record Step(Lock Held, Lock Wanted, Unit Unit, TextSpan Since, TextSpan At, Acquisition? Way, ImmutableArray<Place> Gates)
{
    public ImmutableArray<IMethodSymbol> Via => Way?.Via ?? ImmutableArray<IMethodSymbol>.Empty;

    public Body Body => Unit.Body;

    public Location Where => Location.Create(Body.Tree, At);

    public Location WhereHeld => Location.Create(Body.Tree, Since);
}

/// <summary>Steps that lead back to where they began, each in another body: threads in them can wait for each other in a ring.</summary>
internal sealed record Cycle(ImmutableArray<Step> Legs)
{
    /// <summary>The same for every leg and every run, whatever else the source holds.</summary>
    public string Id
    {
        get
        {
            // FNV-1a over the locks' ids: short, stable, no cryptography needed.
            var hash = 14695981039346656037UL;
            foreach (var id in Legs.Select(leg => IdOf(leg.Held.Place)).OrderBy(id => id, StringComparer.Ordinal))
                foreach (var c in id)
                    hash = unchecked((hash ^ c) * 1099511628211UL);
            return hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    public static string IdOf(Place place) => (place.Member ?? place.Symbol)?.GetDocumentationCommentId() ?? place.ToString();
}

/// <summary>The order in which bodies take locks, and the cycles in it.</summary>
internal sealed class LockOrder
{
    /// <summary>Rings of more threads than this are not looked for; more cycles than this are not reported.</summary>
    public const int MaxLegs = 4, MaxCycles = 50;

    /// <summary>Ways to go from one lock to another that are kept; all of them would be tried for every ring.</summary>
    private const int MaxWitnesses = 8;

    private readonly Code _code;
    private readonly List<Step> _steps = new();
    private readonly Dictionary<(Place Held, Place Wanted), Witnesses> _witnesses = new();
    private readonly HashSet<Place> _written = new();
    private ImmutableArray<Cycle>? _cycles;

    public LockOrder(Code code)
    {
        _code = code;
        foreach (var unit in code.Units)
        {
            foreach (var moment in unit.Moments)
                if (moment.Event is Acquire { Lock: { Mode: not Mode.Shared } taken } && code.Key(taken) is { } key)
                    _written.Add(key);
            if (!unit.IsConstruction)
                Note(unit);
        }
    }

    /// <summary>Every time a lock is asked for under another.</summary>
    public IReadOnlyList<Step> Steps => _steps;

    /// <summary>Every cycle once, by its shortest steps.</summary>
    public ImmutableArray<Cycle> Cycles => _cycles ??= ImmutableArray.CreateRange(Find());

    /// <summary>There may be more cycles than are told of.</summary>
    public bool IsTruncated { get; private set; }

    private IEnumerable<Cycle> Find()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        // The fewer calls a step goes through, the sooner it is told of.
        var steps = Enumerable.Range(0, Acquisitions.MaxDepth + 1).SelectMany(calls => _steps.Where(step => (step.Way?.Depth ?? 0) == calls)).ToList();
        var (from, into) = (new Dictionary<Place, List<Step>>(), new Dictionary<Place, List<Place>>());
        foreach (var step in steps)
            Add(from, step.Held.Place, step);
        foreach (var (held, wanted) in _witnesses.Keys)
            Add(into, wanted, held);
        var distances = new Dictionary<Place, Dictionary<Place, int>>();
        var covered = new HashSet<(Place, Place)>();
        foreach (var first in steps)
        {
            // What lies on a ring that is told of needs no other.
            if (covered.Contains((first.Held.Place, first.Wanted.Place)))
                continue;
            IsTruncated = found.Count >= MaxCycles;
            if (IsTruncated)
                yield break;
            if (!distances.TryGetValue(first.Held.Place, out var back))
                distances[first.Held.Place] = back = Distances(first.Held.Place, into);
            if (Close(ImmutableArray.Create(first), from, back) is { } legs && new Cycle(legs) is var cycle && found.Add(cycle.Id))
            {
                covered.UnionWith(legs.Select(leg => (leg.Held.Place, leg.Wanted.Place)));
                yield return cycle;
            }
        }
    }

    private static void Add<T>(Dictionary<Place, List<T>> to, Place place, T one)
    {
        if (!to.TryGetValue(place, out var all))
            to.Add(place, all = new());
        all.Add(one);
    }

    private void Note(Unit unit)
    {
        foreach (var moment in unit.Moments)
        {
            if (moment.Held.IsEmpty)
                continue;
            var held = moment.Held.Select(held => (Held: held, Key: _code.Key(held.Lock))).ToList();
            if (moment.Event is Acquire acquire)
                Note(unit, held, acquire.Lock, acquire.Named, by: null);
            else if (_code.CallAt(moment.Event) is var (call, callee))
                foreach (var inner in _code.Acquisitions.Of(callee))
                    if (_code.Acquisitions.Seen(inner, call, callee) is { } seen)
                        Note(unit, held, seen, call.Span, (call, inner));
        }
    }

    private void Note(Unit unit, List<(Held Held, Place? Key)> held, Lock wanted, TextSpan at, (Call Call, Acquisition Inner)? by)
    {
        // Whoever has the lock already does not wait for it.
        if (_code.Key(wanted) is not { } target || IsAmong(held, target))
            return;
        foreach (var (taken, key) in held)
        {
            if (key is null)
                continue;
            if (!_witnesses.TryGetValue((key, target), out var witnesses))
                _witnesses.Add((key, target), witnesses = new());
            if (witnesses.Count == MaxWitnesses || witnesses.Last == unit)
                continue;
            (witnesses.Count, witnesses.Last) = (witnesses.Count + 1, unit);
            _steps.Add(new(taken.Lock.At(key), wanted.At(target), unit, taken.Since, at, by?.Inner.Through(by.Value.Call, wanted), held.Count == 1
                ? ImmutableArray<Place>.Empty
                : Gates(held, taken)));
        }
    }

    private static ImmutableArray<Place> Gates(List<(Held Held, Place? Key)> held, Held taken) =>
        ImmutableArray.CreateRange(held.Where(other => other.Held != taken).Select(other => other.Key ?? other.Held.Lock.Place));

    private static bool IsAmong(List<(Held Held, Place? Key)> held, Place target)
    {
        foreach (var (_, key) in held)
            if (target.Equals(key))
                return true;
        return false;
    }

    /// <summary>How few steps lead from each place back to this one, as far as a ring may be long.</summary>
    private static Dictionary<Place, int> Distances(Place start, Dictionary<Place, List<Place>> into)
    {
        var back = new Dictionary<Place, int> { [start] = 0 };
        var pending = new Queue<Place>();
        pending.Enqueue(start);
        while (pending.Count > 0)
        {
            var place = pending.Dequeue();
            if (back[place] == MaxLegs - 1 || !into.TryGetValue(place, out var all))
                continue;
            foreach (var before in all)
                if (!back.ContainsKey(before))
                {
                    back[before] = back[place] + 1;
                    pending.Enqueue(before);
                }
        }

        return back;
    }

    private ImmutableArray<Step>? Close(ImmutableArray<Step> path, Dictionary<Place, List<Step>> from, Dictionary<Place, int> back)
    {
        // Breadth first: the shortest ring wins. What cannot lead back in the legs that are left is not followed.
        if (!back.ContainsKey(path[0].Wanted.Place))
            return null;
        var pending = new Queue<ImmutableArray<Step>>();
        pending.Enqueue(path);
        while (pending.Count > 0)
        {
            var legs = pending.Dequeue();
            if (!from.TryGetValue(legs[legs.Length - 1].Wanted.Place, out var all))
                continue;
            foreach (var next in all)
            {
                if (!back.TryGetValue(next.Wanted.Place, out var left) || legs.Length + 1 + left > MaxLegs || !CanRunTogether(legs, next))
                    continue;
                var longer = legs.Add(next);
                if (next.Wanted.Place.Equals(path[0].Held.Place))
                {
                    if (!IsSharedOnly(longer))
                        return longer;
                }
                else if (longer.Length < MaxLegs && !IsHeldIn(legs, next.Wanted.Place))
                    pending.Enqueue(longer);
            }
        }

        return null;
    }

    private static bool IsHeldIn(ImmutableArray<Step> legs, Place place)
    {
        foreach (var leg in legs)
            if (leg.Held.Place.Equals(place))
                return true;
        return false;
    }

    private bool CanRunTogether(ImmutableArray<Step> legs, Step next)
    {
        foreach (var leg in legs)
            if (!CanRunTogether(leg, next))
                return false;
        return true;
    }

    private bool CanRunTogether(Step a, Step b) =>
        a.Unit != b.Unit && (a.Gates.IsEmpty || b.Gates.IsEmpty || !a.Gates.Any(gate => b.Gates.Contains(gate))) && !_code.AreConfined(a.Unit, b.Unit)
            && !_code.IsTest(a.Unit) && !_code.IsTest(b.Unit);

    /// <summary>Readers let readers in; only where somebody writes do they wait.</summary>
    private bool IsSharedOnly(ImmutableArray<Step> legs) =>
        legs.All(leg => leg.Wanted.Mode == Mode.Shared && leg.Held.Mode == Mode.Shared) && !legs.Any(leg => _written.Contains(leg.Held.Place));

    /// <summary>How many bodies ask for one lock under another, and which did so last.</summary>
    private sealed class Witnesses
    {
        public int Count { get; set; }

        public Unit? Last { get; set; }
    }
}
