using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>All bodies of a compilation. Locks are told apart by the member that holds them: every object of a type counts as one.</summary>
internal sealed class CompilationCode : Code
{
    private readonly Dictionary<ISymbol, Unit> _byMethod = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<Place, bool> _admitOne = new();
    private readonly HashSet<ISymbol> _replaced = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _shared = new(SymbolEqualityComparer.Default);
    private readonly Dispatch _dispatch;

    public CompilationCode(Compilation compilation, Facts facts, IEnumerable<TypeFacts> types)
    {
        Name = compilation.AssemblyName ?? "";
        Facts = facts;
        _dispatch = new(compilation.Assembly);
        var all = types.ToList();
        Units = all.SelectMany(type => type.Units)
            .OrderBy(unit => unit.Body.Tree.FilePath, StringComparer.Ordinal)
            .ThenBy(unit => unit.Body.Span.Start)
            .ThenBy(unit => unit.Body.Span.Length)
            .ToImmutableArray();
        foreach (var unit in Units)
            if (unit.Body.Method is { } method)
                _byMethod[method.OriginalDefinition] = unit;
        Reported = new(all.SelectMany(type => type.Cycles), StringComparer.Ordinal);
        Misordered = new(all.SelectMany(type => type.Misordered));
        Stopped = new(all.SelectMany(type => type.Stopped));
        OpenChanges = OpenIn(all);
        StartedByBase = ImmutableArray.CreateRange(DerivedStarts.Of(all.SelectMany(static type => type.EarlyRuns), all.SelectMany(static type => type.LateFields)));
        foreach (var type in all)
        {
            _replaced.UnionWith(type.Replaced);
            _shared.UnionWith(type.Shared);
            foreach (var (place, admitsOne) in type.Created)
                _admitOne[Named(place)] = admitsOne && (!_admitOne.TryGetValue(Named(place), out var known) || known);
        }
    }

    public override ImmutableArray<Unit> Units { get; }

    public string Name { get; }

    /// <summary>What was not looked at because there is too much of it.</summary>
    public IEnumerable<string> LeftOut()
    {
        _ = Order.Cycles;
        if (Acquisitions.IsTruncated)
            yield return $"a member takes more than {Acquisitions.MaxLocks} locks, itself and through calls";
        if (Order.IsTruncated)
            yield return $"there are more than {LockOrder.MaxCycles} lock cycles";
    }

    /// <summary>The cycles that one type alone closes; they were reported with it.</summary>
    public HashSet<string> Reported { get; }

    /// <summary>The places where one type alone breaks a declared order; they were reported with it.</summary>
    public HashSet<(SyntaxTree Tree, TextSpan At)> Misordered { get; }

    /// <summary>The calls by which async code comes to stop its thread within one type; they were reported with it.</summary>
    public HashSet<(SyntaxTree Tree, TextSpan At)> Stopped { get; }

    /// <summary>What is wrong because a type is everybody's, and where it is made so; in the order of source.</summary>
    public ImmutableArray<(OpenChange Change, Location Registered)> OpenChanges { get; }

    /// <summary>What work reads too early because a base type starts it; in the order of source.</summary>
    public ImmutableArray<(LateField Late, EarlyRun Run)> StartedByBase { get; }

    private static ImmutableArray<(OpenChange Change, Location Registered)> OpenIn(List<TypeFacts> types)
    {
        var registered = new Dictionary<ISymbol, Location>(SymbolEqualityComparer.Default);
        foreach (var (type, where) in types.SelectMany(static type => type.Registered).OrderBy(static one => one.Where.SourceTree!.FilePath, StringComparer.Ordinal)
            .ThenBy(static one => one.Where.SourceSpan))
            if (!registered.ContainsKey(type))
                registered[type] = where;
        return ImmutableArray.CreateRange(types.SelectMany(static type => type.OpenChanges)
            .Where(change => registered.ContainsKey(change.State.ContainingType.OriginalDefinition))
            .OrderBy(static change => change.Change.Body.Tree.FilePath, StringComparer.Ordinal).ThenBy(static change => change.Change.Span)
            .Select(change => (change, registered[change.State.ContainingType.OriginalDefinition])));
    }

    public override (Call Call, Unit Callee)? CallAt(Event e) =>
        e is Call call && _byMethod.TryGetValue(call.Target, out var near) ? (call, near)
        : e is Outside outside && BodyOf(outside.Call) is { } far ? (outside.Call, far)
        : null;

    public override Place? Key(Lock held) =>
        held.OnOwned || !IsStable(held.Place) ? null
        : Named(held.Place) is var key && (!held.Nature.Counted || _admitOne.TryGetValue(key, out var one) && one) ? key
        : null;

    /// <summary>A lock of an object that only the callee can name is still a lock of that member.</summary>
    public override Lock? Seen(Lock wanted, Call call) =>
        wanted.Place.Root == Root.This && (call.OnOwned || call.Target.MethodKind == MethodKind.Constructor) ? null
        : HeldLocks.Seen(wanted.Place, call) is { } place ? wanted.At(place)
        : wanted.Place is { Root: Root.This or Root.Local, Member: not null }
            || wanted.Place.Member is not null && call.Target.MethodKind == MethodKind.AnonymousFunction ? wanted with { Place = Named(wanted.Place), IsSome = true }
        : null;

    /// <summary>Whoever holds the lock and asks for it again waits for itself.</summary>
    public bool IsFatal(Lock held, LockNature nature) =>
        nature.RefusesItsOwner && held.Place.Member is { } member && !_shared.Contains(member)
            && held.Place.Path.All(on => IsStable(Place.This(on.ContainingType).Then(on)!))
        && !held.Place.HasOneForEachArgument
        && _admitOne.TryGetValue(Named(held.Place), out var one) && (nature.Affine || one);

    public override Facts Facts { get; }

    public override IMethodSymbol? Runs(IMethodSymbol target) => _dispatch.Only(target);

    protected override Unit? UnitOf(IMethodSymbol method) => _byMethod.TryGetValue(method, out var unit) ? unit : null;

    private Unit? BodyOf(Call call) =>
        _dispatch.Only(call.Target) is { } target && _byMethod.TryGetValue(target, out var body) ? body : null;

    /// <summary>The same member of whatever object.</summary>
    private static Place Named(Place place) => place switch
    {
        { Member: null } or { Root: Root.Static, Path.Length: 1 } => place,
        { Member: { IsStatic: true } member } => Place.OfStatic(member),
        { Member: { } member } => Place.This(member.ContainingType).Then(member)!,
    };

    private bool IsStable(Place place) => place switch
    {
        { Root: Root.This, Path.IsEmpty: true } => true,
        { Root: Root.TypeOf, Symbol: INamedTypeSymbol { IsGenericType: false } } => true,
        { Member: IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null } or IParameterSymbol } => true,
        { Member: { DeclaredAccessibility: Accessibility.Private or Accessibility.Internal } member } => !_replaced.Contains(member),
        _ => false,
    };
}
