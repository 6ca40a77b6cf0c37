using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Somewhere a lock is requested while another is held.</summary>
/// <param name="Since">Where the held lock was taken.</param>
/// <param name="Gates">What else is held: two steps under one gate never run at the same time.</param>
internal sealed record Step(Lock Held, Lock Wanted, Body Body, TextSpan Since, TextSpan At, ImmutableArray<IMethodSymbol> Via, ImmutableArray<Place> Gates);

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

/// <summary>The order in which the bodies of one type take its locks, and the cycles in it.</summary>
internal sealed class LockOrder
{
    /// <summary>Rings of more threads than this are not looked for; more cycles than this are not reported.</summary>
    private const int MaxLegs = 4, MaxCycles = 50;

    private readonly TypeModel _type;
    private readonly List<Step> _steps = new();

    public LockOrder(TypeModel type)
    {
        _type = type;
        var acquisitions = new Acquisitions(type);
        foreach (var body in type.Bodies)
            if (!type.Entry.IsConstruction(body))
                foreach (var (e, before) in type.VisitAlone(body))
                    if (e is Acquire acquire)
                        Note(body, before, acquire.Lock, acquire.Named, ImmutableArray<IMethodSymbol>.Empty);
                    else if (e is Call call && !before.Must.IsEmpty && type.BodyOf(call.Target) is { } callee)
                        foreach (var inner in acquisitions.Through(call, callee))
                            Note(body, before, inner.Lock, e.Span, inner.Via);
    }

    /// <summary>Every cycle once, by its shortest steps.</summary>
    public IEnumerable<Cycle> Cycles()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var from = _steps.ToLookup(step => step.Held.Place);
        var into = _steps.Select(step => (step.Held, step.Wanted)).Distinct().ToLookup(pair => pair.Wanted.Place, pair => pair.Held.Place);
        var distances = new Dictionary<Place, Dictionary<Place, int>>();
        foreach (var first in _steps)
        {
            if (found.Count >= MaxCycles)
                yield break;
            if (!distances.TryGetValue(first.Held.Place, out var back))
                distances[first.Held.Place] = back = Distances(first.Held.Place, into);
            if (Close(ImmutableArray.Create(first), from, back) is { } legs && new Cycle(legs) is var cycle && found.Add(cycle.Id))
                yield return cycle;
        }
    }

    private void Note(Body body, LockState before, Lock wanted, TextSpan at, ImmutableArray<IMethodSymbol> via)
    {
        if (!Orders(wanted))
            return;
        foreach (var held in before.Must)
            if (!held.Lock.Place.Equals(wanted.Place) && Orders(held.Lock)
                && !before.Must.Any(other => other.Lock.Place.Equals(wanted.Place))
                && !_steps.Any(known => known.Body == body && known.Held.Place.Equals(held.Lock.Place) && known.Wanted.Place.Equals(wanted.Place)))
                _steps.Add(new(held.Lock, wanted, body, held.Since, at, via,
                    ImmutableArray.CreateRange(before.Must.Where(other => other != held).Select(other => other.Lock.Place))));
    }

    /// <summary>The lock is one object for all who use it by this name, always the same, and excludes.</summary>
    private bool Orders(Lock candidate) =>
        candidate.Place.IsOfInstanceOrStatic && candidate.Place.Path.Length <= 1 && _type.IsStable(candidate.Place) && _type.IsExclusive(candidate);

    /// <summary>How few steps lead from each place back to this one, as far as a ring may be long.</summary>
    private static Dictionary<Place, int> Distances(Place start, ILookup<Place, Place> into)
    {
        var back = new Dictionary<Place, int> { [start] = 0 };
        var pending = new Queue<Place>();
        pending.Enqueue(start);
        while (pending.Count > 0)
        {
            var place = pending.Dequeue();
            if (back[place] == MaxLegs - 1)
                continue;
            foreach (var before in into[place])
                if (!back.ContainsKey(before))
                {
                    back[before] = back[place] + 1;
                    pending.Enqueue(before);
                }
        }

        return back;
    }

    private ImmutableArray<Step>? Close(ImmutableArray<Step> path, ILookup<Place, Step> from, Dictionary<Place, int> back)
    {
        // Breadth first: the shortest ring wins. What cannot lead back in the legs that are left is not followed.
        if (!back.ContainsKey(path[0].Wanted.Place))
            return null;
        var pending = new Queue<ImmutableArray<Step>>();
        pending.Enqueue(path);
        while (pending.Count > 0)
        {
            var legs = pending.Dequeue();
            foreach (var next in from[legs[legs.Length - 1].Wanted.Place])
            {
                if (!back.TryGetValue(next.Wanted.Place, out var left) || legs.Length + 1 + left > MaxLegs || legs.Any(leg => !CanRunTogether(leg, next)))
                    continue;
                var longer = legs.Add(next);
                if (next.Wanted.Place.Equals(path[0].Held.Place))
                {
                    if (!IsSharedOnly(longer))
                        return longer;
                }
                else if (longer.Length < MaxLegs && !longer.Take(legs.Length).Any(leg => leg.Held.Place.Equals(next.Wanted.Place)))
                    pending.Enqueue(longer);
            }
        }

        return null;
    }

    private static bool CanRunTogether(Step a, Step b) => a.Body != b.Body && !a.Gates.Any(gate => b.Gates.Contains(gate));

    /// <summary>Readers let readers in; only where somebody writes do they wait.</summary>
    private bool IsSharedOnly(ImmutableArray<Step> legs) =>
        legs.All(leg => leg.Wanted.Mode == Mode.Shared && leg.Held.Mode == Mode.Shared)
        && !_type.Bodies.SelectMany(body => body.Events).OfType<Acquire>()
            .Any(acquire => acquire.Lock.Mode != Mode.Shared && legs.Any(leg => leg.Held.Place.Equals(acquire.Lock.Place)));
}
