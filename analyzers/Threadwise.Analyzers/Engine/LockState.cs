using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>What is known about locks and tasks at one point of a body. Immutable.</summary>
internal sealed record LockState
{
    public static readonly LockState Empty = new();

    /// <summary>Held on every way here.</summary>
    public ImmutableArray<Held> Must { get; private init; } = ImmutableArray<Held>.Empty;

    /// <summary>Taken and not given back on some way here.</summary>
    public ImmutableArray<Held> May { get; private init; } = ImmutableArray<Held>.Empty;

    /// <summary>Given back on every way here though not taken in this body.</summary>
    public ImmutableArray<Lock> Lost { get; private init; } = ImmutableArray<Lock>.Empty;

    /// <summary>Tasks that are complete.</summary>
    public ImmutableArray<Place> Completed { get; private init; } = ImmutableArray<Place>.Empty;

    private ImmutableDictionary<object, Meaning> Flags { get; init; } = ImmutableDictionary<object, Meaning>.Empty;

    /// <summary>The body may have been suspended before.</summary>
    public bool IsAfterAwait { get; private init; }

    /// <summary>The caller asked for synchronous execution.</summary>
    public bool IsSynchronous { get; private init; }

    /// <summary>What a variable says about a lock.</summary>
    /// <param name="IfTrue">True means that the lock is held.</param>
    /// <param name="IfFalse">False means that it is not.</param>
    private sealed record Meaning(Lock? Lock, TextSpan Since, bool IfTrue, bool IfFalse, bool? Constant = null)
    {
        /// <summary>The value that means “held”; the other way round “true” and “false” above change places.</summary>
        public bool WhenHeld { get; init; } = true;

        /// <summary>The lock that the other value means, where a variable chose between two.</summary>
        public Lock? Otherwise { get; init; }

        public bool IsAbout(Place place, Mode mode) => Lock is { } one && one.IsSame(place, mode) || Otherwise is { } other && other.IsSame(place, mode);
    }

    /// <summary>Parameters whose value led control here: with another value it would not have come.</summary>
    /// <remarks>That a parameter is not null leads nowhere: the other way is an exception.</remarks>
    public IEnumerable<(object Flag, bool Value)> Decisions => Flags.IsEmpty ? Enumerable.Empty<(object, bool)>() :
        from flag in Flags
        where flag.Value.Constant is not null && flag.Key is IParameterSymbol || flag.Key is Place { Root: Root.Parameter } && flag.Value.Constant == true
        select (flag.Key, flag.Value.Constant!.Value);

    /// <summary>It was tried to take it, and whether that worked nobody has asked yet.</summary>
    public bool IsUnasked(Place place, Mode mode) => Flags.Any(flag => flag.Value.IsAbout(place, mode));

    public bool IsHeld(Place place, Mode mode) => Find(Must, place, mode) >= 0;

    public bool MayBeHeld(Place place, Mode mode) => Find(May, place, mode) >= 0;

    public Held? Holds(Place place, bool exclusively)
    {
        foreach (var held in Must)
            if (held.Lock.Place.Equals(place) && !(exclusively && held.Lock.Mode != Mode.Exclusive))
                return held;
        return null;
    }

    public LockState Taken(Lock taken, TextSpan since) => this with { Must = Add(Must, taken, since), May = Add(May, taken, since) };

    /// <summary>A lock that was taken in one of two modes was taken in the one that a test finds.</summary>
    public LockState Assumed(Lock held, TextSpan since) => this with
    {
        Must = Find(Must, held) >= 0 ? Must : Must.Add(new Held(held, since, Assumed: true)),
        May = May.RemoveAll(other => other.Lock.Place.Equals(held.Place) && other.Lock.Mode != held.Mode),
    };

    public LockState Refuted(Lock free) => this with
    {
        Must = Must.RemoveAll(held => held.Lock.IsSame(free.Place, free.Mode)),
        May = May.RemoveAll(held => held.Lock.IsSame(free.Place, free.Mode)),
    };

    public LockState Released(Place place, Mode mode)
    {
        var index = Find(Must, place, mode);
        var lost = index < 0 || Must[index].Assumed ? new Lock(place, mode, LockNature.Unknown) : null;
        return this with
        {
            Must = Remove(Must, place, mode),
            May = Remove(May, place, mode),
            Lost = lost is null || Lost.Any(known => known.IsSame(place, mode)) ? Lost : Lost.Add(lost),
            Flags = Flags.IsEmpty ? Flags : Flags.RemoveRange(Flags.Where(flag => flag.Value.IsAbout(place, mode)).Select(flag => flag.Key)),
        };
    }

    public LockState Meant(object flag, Lock taken, TextSpan since) =>
        this with { Flags = Flags.SetItem(flag, new(taken, since, IfTrue: true, IfFalse: true)) };

    public LockState Flagged(SetFlag set) =>
        set.Constant is { } constant ? this with { Flags = Flags.SetItem(set.Flag, new(null, default, false, false, constant)) }
        : set.From is not null && Flags.TryGetValue(set.From, out var meaning) ? this with { Flags = Flags.SetItem(set.Flag, meaning) }
        : Flags.ContainsKey(set.Flag) ? this with { Flags = Flags.Remove(set.Flag) }
        : this;

    /// <summary>Behind a test of a flag; null where control cannot get.</summary>
    public LockState? Knowing(object flag, bool value)
    {
        if (!Flags.TryGetValue(flag, out var meaning))
            return IsSteady(flag) ? this with { Flags = Flags.SetItem(flag, new(null, default, false, false, value)) } : this;
        if (meaning.Constant is { } constant)
            return constant == value ? this : null;
        var (held, free) = value == meaning.WhenHeld ? (meaning.Lock, meaning.Otherwise) : (meaning.Otherwise, meaning.Lock);
        var known = this;
        if (free is not null && meaning.IfFalse)
            known = known with { Must = Remove(Must, free.Place, free.Mode), May = Remove(May, free.Place, free.Mode) };
        if (held is not null && meaning.IfTrue && Find(known.Must, held) < 0)
            known = known with { Must = known.Must.Add(new(held, meaning.Since)), May = Find(known.May, held) < 0 ? known.May.Add(new(held, meaning.Since)) : known.May };
        return known;
    }

    public LockState Done(Place task) => Completed.Contains(task) ? this : this with { Completed = Completed.Add(task) };

    public LockState Assigned(Place place) => Completed.IsEmpty && Must.IsEmpty && Flags.IsEmpty ? this : this with
    {
        Flags = Flags.IsEmpty ? Flags : Flags.RemoveRange(Flags.Keys.Where(flag => flag is Place tested && tested.IsBelow(place, out _))),
        Completed = Completed.IsEmpty ? Completed : Completed.RemoveAll(known => known.IsBelow(place, out _)),
        Must = Must.IsEmpty ? Must : Must.RemoveAll(held => place.Root is Root.Local or Root.Parameter && held.Lock.Place.IsBelow(place, out _)),
    };

    /// <summary>What goes on behind an await no longer has its caller's thread, nor the locks that belong to it.</summary>
    public LockState Suspended() => IsAfterAwait && !Must.Any(IsOfCallersThread) ? this : this with { IsAfterAwait = true, Must = Must.RemoveAll(IsOfCallersThread) };

    private static bool IsOfCallersThread(Held held) => held.Assumed && held.Lock.Nature.Affine;

    public LockState AskedToBeSynchronous() => IsSynchronous ? this : this with { IsSynchronous = true };

    /// <summary>What holds whichever of two ways control came.</summary>
    public LockState Join(LockState other) => ReferenceEquals(this, other) ? this : new()
    {
        Must = JoinMust(other),
        May = JoinMay(other),
        Lost = Lost.IsEmpty ? Lost : Lost.RemoveAll(lost => !other.Lost.Any(known => known.IsSame(lost.Place, lost.Mode))),
        Completed = Completed.IsEmpty ? Completed : Completed.RemoveAll(task => !other.Completed.Contains(task)),
        Flags = JoinFlags(other),
        IsAfterAwait = IsAfterAwait || other.IsAfterAwait,
        IsSynchronous = IsSynchronous && other.IsSynchronous,
    };

    private ImmutableArray<Held> JoinMay(LockState other)
    {
        if (May.IsEmpty || other.May.IsEmpty)
            return May.IsEmpty ? other.May : May;
        var joined = ImmutableArray.CreateBuilder<Held>(May.Length + other.May.Length);
        foreach (var held in May)
            joined.Add(Find(other.May, held.Lock) is >= 0 and var i ? Both(held, other.May[i], Math.Max) : held);
        foreach (var held in other.May)
            if (Find(May, held.Lock) < 0)
                joined.Add(held);
        return joined.ToImmutable();
    }

    /// <summary>A lock that is held in another mode on the other way is held in the weaker one.</summary>
    private ImmutableArray<Held> JoinMust(LockState other)
    {
        if (Must.IsEmpty || other.Must.IsEmpty)
            return ImmutableArray<Held>.Empty;
        var joined = ImmutableArray.CreateBuilder<Held>(Must.Length);
        foreach (var held in Must)
            if (Find(other.Must, held.Lock) is >= 0 and var i)
                joined.Add(Both(held, other.Must[i], Math.Min));
            else if (other.Must.FirstOrDefault(here => here.Lock.Place.Equals(held.Lock.Place)) is { } weaker && Find(Must, weaker.Lock) < 0)
                joined.Add(Both(weaker.Lock.Mode == Mode.Shared || held.Lock.Mode == Mode.Exclusive ? weaker : held, held, Math.Min));
        return joined.ToImmutable();
    }

    public bool IsSameAs(LockState other) =>
        SameSet(Must, other.Must) && SameSet(May, other.May) && Lost.Length == other.Lost.Length && Completed.Length == other.Completed.Length
        && Flags.Count == other.Flags.Count && (Flags.IsEmpty || Flags.All(flag => other.Flags.TryGetValue(flag.Key, out var meaning) && meaning == flag.Value))
        && IsAfterAwait == other.IsAfterAwait && IsSynchronous == other.IsSynchronous;

    /// <summary>A flag that is false on one way, where the lock is free, still tells the truth behind the join.</summary>
    private ImmutableDictionary<object, Meaning> JoinFlags(LockState other)
    {
        if (Flags.IsEmpty || other.Flags.IsEmpty)
            return ImmutableDictionary<object, Meaning>.Empty;
        var joined = ImmutableDictionary.CreateBuilder<object, Meaning>();
        foreach (var flag in Flags)
            if (other.Flags.TryGetValue(flag.Key, out var meaning) && (Merge(flag.Value, meaning, other) ?? other.Merge(meaning, flag.Value, this)) is { } both)
                joined[flag.Key] = both;
        return joined.ToImmutable();
    }

    /// <summary>Has the same value at the next test, unless the body itself sets it.</summary>
    private static bool IsSteady(object flag) =>
        flag is ILocalSymbol or IParameterSymbol or IFieldSymbol { IsReadOnly: true } or Place { Member: null or IFieldSymbol { IsReadOnly: true } };

    private Meaning? Merge(Meaning a, Meaning b, LockState where) =>
        a == b ? a
        : a.Constant is { } value && b.Constant == !value ? Correlated(value, where)
        : a.Lock is null ? null
        : b.Lock is { } same && a.Lock.IsSame(same.Place, same.Mode) && a.WhenHeld == b.WhenHeld
            ? a with { IfTrue = a.IfTrue && b.IfTrue, IfFalse = a.IfFalse && b.IfFalse, Otherwise = a.Otherwise == b.Otherwise ? a.Otherwise : null }
        : b.Constant == !a.WhenHeld && Find(where.May, a.Lock) < 0 || b.Constant == a.WhenHeld && Find(where.Must, a.Lock) >= 0 ? a
        : null;

    /// <summary>A variable that had one value where the lock was taken, and the other where it was not, tells which from now on.</summary>
    private Meaning? Correlated(bool value, LockState where) =>
        OnlyHere(where) is { } taken ? new(taken.Lock, taken.Since, IfTrue: true, IfFalse: true) { WhenHeld = value, Otherwise = where.OnlyHere(this)?.Lock } : null;

    private Held? OnlyHere(LockState where) => Must.FirstOrDefault(held => !held.Assumed && Find(where.May, held.Lock) < 0);

    private static Held Both(Held a, Held b, Func<int, int, int> count) =>
        a with { Count = count(a.Count, b.Count), Since = a.Since.CompareTo(b.Since) <= 0 ? a.Since : b.Since, Assumed = a.Assumed && b.Assumed };

    private static bool SameSet(ImmutableArray<Held> a, ImmutableArray<Held> b) =>
        a.Length == b.Length && (a.IsEmpty
            || a.All(held => Find(b, held.Lock) is >= 0 and var i && b[i].Count == held.Count && b[i].Since == held.Since && b[i].Assumed == held.Assumed));

    private static ImmutableArray<Held> Add(ImmutableArray<Held> all, Lock taken, TextSpan since) =>
        Find(all, taken) is >= 0 and var i ? all.SetItem(i, all[i] with { Count = Math.Min(all[i].Count + 1, 5) }) : all.Add(new(taken, since));

    private static ImmutableArray<Held> Remove(ImmutableArray<Held> all, Place place, Mode mode) =>
        Find(all, place, mode) is not (>= 0 and var i) ? all
        : all[i].Count > 1 ? all.SetItem(i, all[i] with { Count = all[i].Count - 1 })
        : all.RemoveAt(i);

    private static int Find(ImmutableArray<Held> all, Lock wanted) => Find(all, wanted.Place, wanted.Mode);

    private static int Find(ImmutableArray<Held> all, Place place, Mode mode)
    {
        for (var i = 0; i < all.Length; i++)
            if (all[i].Lock.IsSame(place, mode))
                return i;
        return -1;
    }
}
