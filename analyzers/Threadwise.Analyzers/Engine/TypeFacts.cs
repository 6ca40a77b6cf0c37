using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>What is left of one outermost type when it has been looked at by itself: what other types' bodies have to do with.</summary>
/// <param name="Replaced">Members of it, or of others, that get another value after construction.</param>
/// <param name="Counted">Locks that admit a number, and whether that is one.</param>
/// <param name="Cycles">Ids of the lock cycles it closes alone.</param>
/// <param name="Misordered">Where it breaks a declared order alone.</param>
internal sealed record TypeFacts(
    ImmutableArray<Unit> Units, ImmutableArray<ISymbol> Replaced, ImmutableArray<(Place Lock, bool AdmitsOne)> Counted, ImmutableArray<string> Cycles, ImmutableArray<(SyntaxTree, TextSpan)> Misordered)
{
    public static TypeFacts Of(TypeModel type) => new(
        type.Code.Units.RemoveAll(static unit => unit.Moments.IsEmpty),
        ImmutableArray.CreateRange(type.Bodies
            .Where(body => !type.Entry.IsConstruction(body))
            .SelectMany(body => body.Events.OfType<Assign>())
            .Where(assign => assign.Place.Member is IFieldSymbol or IPropertySymbol)
            .Select(assign => assign.Place.Member!)),
        Created(type.Bodies),
        type.HasLocks ? ImmutableArray.CreateRange(type.Code.Order.Cycles.Select(cycle => cycle.Id)) : ImmutableArray<string>.Empty,
        type.HasLocks ? ImmutableArray.CreateRange(DeclaredOrder.Broken(type.Code.Order).Select(broken => (broken.Step.Body.Tree, broken.Step.At))) : ImmutableArray<(SyntaxTree, TextSpan)>.Empty);

    /// <summary>Of a type that takes no lock.</summary>
    public static TypeFacts Of(IEnumerable<Body> bodies) => new(
        ImmutableArray.CreateRange(bodies.Select(Unit.Of).Where(unit => !unit.Moments.IsEmpty)), ImmutableArray<ISymbol>.Empty, Created(bodies), ImmutableArray<string>.Empty, ImmutableArray<(SyntaxTree, TextSpan)>.Empty);

    private static ImmutableArray<(Place Lock, bool AdmitsOne)> Created(IEnumerable<Body> bodies) =>
        ImmutableArray.CreateRange(bodies.SelectMany(body => body.Events.OfType<Create>()).Select(create => (create.Lock, create.AdmitsOne)));
}
