using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>What is left of one outermost type when it has been looked at by itself: what other types' bodies have to do with.</summary>
internal sealed class TypeFacts
{
    public ImmutableArray<Unit> Units { get; private init; }

    /// <summary>Members, its own or others', that get another value after construction.</summary>
    public ImmutableArray<ISymbol> Replaced { get; private init; } = ImmutableArray<ISymbol>.Empty;

    /// <summary>Members that may hold a lock which others give back, or which its owner can take again.</summary>
    public ImmutableArray<ISymbol> Shared { get; private init; } = ImmutableArray<ISymbol>.Empty;

    /// <summary>The locks it creates, and whether they admit one at a time.</summary>
    public ImmutableArray<(Place Lock, bool AdmitsOne)> Created { get; private init; }

    /// <summary>Ids of the lock cycles it closes alone.</summary>
    public ImmutableArray<string> Cycles { get; private init; } = ImmutableArray<string>.Empty;

    /// <summary>Where it breaks a declared order alone.</summary>
    public ImmutableArray<(SyntaxTree Tree, TextSpan At)> Misordered { get; private init; } = ImmutableArray<(SyntaxTree, TextSpan)>.Empty;

    /// <summary>Where its async code comes to stop its thread by calls within it alone.</summary>
    public ImmutableArray<(SyntaxTree Tree, TextSpan At)> Stopped { get; private init; } = ImmutableArray<(SyntaxTree, TextSpan)>.Empty;

    /// <summary>The types that it makes everybody's, and where.</summary>
    public ImmutableArray<(INamedTypeSymbol Type, Location Where)> Registered { get; private init; }

    /// <summary>What is wrong with it if it is everybody's itself.</summary>
    public ImmutableArray<OpenChange> OpenChanges { get; private init; } = ImmutableArray<OpenChange>.Empty;

    /// <summary>What its constructors start that may run code of derived types.</summary>
    public ImmutableArray<EarlyRun> EarlyRuns { get; private init; } = ImmutableArray<EarlyRun>.Empty;

    /// <summary>What its overrides read and its constructors assign, after those of its base.</summary>
    public ImmutableArray<LateField> LateFields { get; private init; }

    public static TypeFacts Of(TypeModel type) => new()
    {
        EarlyRuns = ImmutableArray.CreateRange(DerivedStarts.Runs(type)),
        LateFields = ImmutableArray.CreateRange(DerivedStarts.Fields(type.Model, type.Bodies)),
        Registered = RegisteredIn(type.Bodies),
        OpenChanges = type.Model.IsRegistered(type.Type) ? ImmutableArray.CreateRange(Singletons.Of(type)) : ImmutableArray<OpenChange>.Empty,
        Units = type.Code.Units.RemoveAll(static unit => unit.Moments.IsEmpty),
        Replaced = ImmutableArray.CreateRange(type.Bodies
            .Where(body => !type.Entry.IsConstruction(body))
            .SelectMany(body => body.Events.OfType<Assign>())
            .Where(assign => assign.Place.Member is IFieldSymbol or IPropertySymbol)
            .Select(assign => assign.Place.Member!)),
        Shared = type.HasLocks ? ImmutableArray.CreateRange(Reacquisitions.Shared(type)) : ImmutableArray<ISymbol>.Empty,
        Created = CreatedIn(type.Bodies),
        Cycles = type.HasLocks ? ImmutableArray.CreateRange(type.Code.Order.Cycles.Select(cycle => cycle.Id)) : ImmutableArray<string>.Empty,
        Misordered = type.HasLocks
            ? ImmutableArray.CreateRange(DeclaredOrder.Broken(type.Code.Order).Select(broken => (broken.Step.Body.Tree, broken.Step.At)))
            : ImmutableArray<(SyntaxTree, TextSpan)>.Empty,
        Stopped = ImmutableArray.CreateRange(type.Code.Blockings.Stops.Select(stop => (stop.Body.Tree, stop.At))),
    };

    /// <summary>Of a type that takes no lock.</summary>
    public static TypeFacts Of(Model model, IEnumerable<Body> bodies) => new()
    {
        LateFields = ImmutableArray.CreateRange(DerivedStarts.Fields(model, bodies)),
        Registered = RegisteredIn(bodies),
        Units = ImmutableArray.CreateRange(bodies.Where(Unit.IsAny).Select(Unit.Of)),
        Created = CreatedIn(bodies),
    };

    private static ImmutableArray<(Place Lock, bool AdmitsOne)> CreatedIn(IEnumerable<Body> bodies) =>
        ImmutableArray.CreateRange(In<Create>(bodies), static created => (created.Event.Lock, created.Event.AdmitsOne));

    private static ImmutableArray<(INamedTypeSymbol Type, Location Where)> RegisteredIn(IEnumerable<Body> bodies) =>
        ImmutableArray.CreateRange(In<Registered>(bodies), static registered => (registered.Event.Type, Location.Create(registered.Body.Tree, registered.Event.Span)));

    private static ImmutableArray<(Body Body, T Event)> In<T>(IEnumerable<Body> bodies) where T : Event
    {
        var found = ImmutableArray.CreateBuilder<(Body, T)>();
        foreach (var body in bodies)
            foreach (var e in body.Events)
                if (e is T one)
                    found.Add((body, one));
        return found.ToImmutable();
    }
}
