using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>One access to shared state: where it is, and which locks exclude others there.</summary>
internal sealed record SharedAccess(Body Body, Access Access, ImmutableArray<Held> Held)
{
    public TextSpan Span => Access.Span;

    public Shape Shape => Access.Shape;

    public Location Where => Location.Create(Body.Tree, Span);
}

/// <summary>All that the bodies of one type do to one field or property, where more than one thread may have its object.</summary>
internal sealed record SharedState(ISymbol Member, ImmutableArray<SharedAccess> All)
{
    /// <summary>Its container changes after it was made: otherwise whoever has the reference has all of it.</summary>
    public bool ChangesInPlace { get; } = All.Any(static access => access.Shape == Shape.Change);

    /// <summary>It gets another value after construction.</summary>
    public bool ChangesValue { get; } = All.Any(static access => access.Access.IsChange && !access.Access.IsOfElements);

    /// <summary>Somebody thought of other threads: then the question is whether that is enough.</summary>
    public bool IsGuardedSomewhere { get; } = All.Any(static access => !access.Held.IsEmpty || access.Shape == Shape.Atomic);
}

/// <summary>The state of a type that its bodies share. Construction, clean-up, tests, and objects that nobody else has are left out.</summary>
internal sealed class Accesses
{
    private readonly TypeModel _type;
    private readonly HashSet<ISymbol> _started = new(SymbolEqualityComparer.Default);

    /// <summary>Parameters that get an object which others have too.</summary>
    private readonly HashSet<ISymbol> _passed = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, List<SharedAccess>>? _atEnd;

    public Accesses(TypeModel type)
    {
        _type = type;
        if (type.IsTest)
            return;
        NoteOthers();
        var all = new Dictionary<ISymbol, List<SharedAccess>>(SymbolEqualityComparer.Default);
        var ended = new Dictionary<ISymbol, List<SharedAccess>>(SymbolEqualityComparer.Default);
        var stored = new Dictionary<ISymbol, List<ITypeSymbol>>(SymbolEqualityComparer.Default);
        foreach (var body in type.Bodies)
            if (body.Events.Any(static e => e is Access))
                foreach (var (e, before) in type.Visit(body))
                    if (e is Access { Place.Member: { } member } access)
                    {
                        if (access.Stored is { } value)
                            ListOf(stored, member).Add(value);
                        if (CleanUp.Is(type, body) || body.Method is { } method && Shapes.DisposesAsync(method))
                            ListOf(ended, member).Add(new(body, access, Excluding(before)));
                        else if (!IsPrivate(body, access))
                            ListOf(all, member).Add(new(body, access, Excluding(before)));
                    }
        _atEnd = ended;
        States = ImmutableArray.CreateRange(all
            .Where(static pair => !IsOneForEachThread(pair.Key))
            .Select(pair => new SharedState(pair.Key,
                ImmutableArray.CreateRange(IsSafe(pair.Key, stored.TryGetValue(pair.Key, out var values) ? values : [])
                    ? pair.Value.Where(static access => !access.Access.IsOfElements).Distinct()
                    : pair.Value.Distinct())))
            .Where(static state => !state.All.IsEmpty)
            .OrderBy(static state => state.All[0].Body.Tree.FilePath, StringComparer.Ordinal).ThenBy(static state => state.All[0].Span));
    }

    /// <summary>What is started, and who is handed an object that others have too.</summary>
    private void NoteOthers()
    {
        foreach (var body in _type.Bodies)
            foreach (var remark in body.Remarks)
                if (remark is FanOut many)
                    _started.Add(many.Target);
        foreach (var body in _type.Bodies)
            foreach (var e in body.Events)
                if (e is Escape { IsStarted: true } started)
                    _started.Add(started.Target);
                else if (e is Call call)
                    for (var i = 0; i < call.Arguments.Length; i++)
                        if (call.Arguments[i] is { Root: Root.This or Root.Static })
                            _passed.Add(call.Target.Parameters[i]);
    }

    public ImmutableArray<SharedState> States { get; } = ImmutableArray<SharedState>.Empty;

    /// <summary>What the end of an object's use does to a member.</summary>
    public IEnumerable<SharedAccess> AtEnd(ISymbol member) => _atEnd is not null && _atEnd.TryGetValue(member, out var ended) ? ended : [];

    private static List<T> ListOf<T>(Dictionary<ISymbol, List<T>> all, ISymbol member)
    {
        if (!all.TryGetValue(member, out var list))
            all[member] = list = new();
        return list;
    }

    /// <summary>Nobody else can have the object yet, or any more; or the code runs when nobody here can say.</summary>
    private bool IsPrivate(Body body, Access access) =>
        access.Place is { Root: Root.Parameter, Symbol: { } parameter } && body.IsClosed && !_passed.Contains(parameter)
        || _type.Entry.IsDeferred(body) && !_started.Contains(body.Method!.OriginalDefinition) || body.Method is { Name: Shapes.Text, Parameters.IsEmpty: true }
        || _type.Entry.IsConstruction(body)
            && (access.Place.Root == Root.Static ? body.Method is null or { IsStatic: true } : access.Place is { Root: Root.This, Path.Length: 1 });

    private ImmutableArray<Held> Excluding(LockState before) => before.Must.RemoveAll(held => !held.Assumed && !_type.IsExclusive(held.Lock));

    private static bool IsOneForEachThread(ISymbol member) => member is IFieldSymbol { IsStatic: true } && Annotation.Has(member, "ThreadStatic");

    /// <summary>What is in it takes care of itself: by its own type, or by that of what is put in.</summary>
    private bool IsSafe(ISymbol member, List<ITypeSymbol> stored) => IsSafe(Reader.TypeOf(member)) || stored.Any(IsSafe);

    private bool IsSafe(ITypeSymbol type) =>
        _type.Model.Facts.About(type.OriginalDefinition).Any(static fact => fact.Effect is Effect.ThreadSafe or Effect.Synchronizes or Effect.Lock or Effect.Signal);
}
