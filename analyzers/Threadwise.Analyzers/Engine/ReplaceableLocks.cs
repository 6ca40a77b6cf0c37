using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>A field that is locked although another object can take the place of the one in it.</summary>
/// <param name="Replaced">Where that happens after construction; null if it merely could.</param>
internal sealed record ReplaceableField(IFieldSymbol Field, (Body Body, TextSpan At) Locked, (Body Body, TextSpan At)? Replaced);

/// <summary>The fields of a type whose objects are locked and not fixed.</summary>
internal static class ReplaceableLocks
{
    public static IEnumerable<ReplaceableField> In(TypeModel type)
    {
        var locked = new Dictionary<ISymbol, (Body Body, TextSpan At)>(SymbolEqualityComparer.Default);
        foreach (var body in type.Bodies)
            foreach (var e in body.Events)
                if (e is LockedOn { Origin: Origin.Field, Member: IFieldSymbol { IsReadOnly: false, IsConst: false } field } on
                    && IsOf(field, type) && !locked.ContainsKey(field.OriginalDefinition) && IsLock(type, on, field.OriginalDefinition))
                    locked[field.OriginalDefinition] = (body, e.Span);
        if (locked.Count == 0)
            yield break;

        var changes = Changes(type, locked.Keys).ToLookup(change => change.Field, SymbolEqualityComparer.Default);
        foreach (var pair in locked.OrderBy(pair => pair.Value.Body.Tree.FilePath, StringComparer.Ordinal).ThenBy(pair => pair.Value.At))
            if (!IsGivenLate(type, (IFieldSymbol)pair.Key, changes[pair.Key])
                && changes[pair.Key].FirstOrDefault(change => change.Replaces) is { Body: not null } replaced)
                yield return new((IFieldSymbol)pair.Key, pair.Value, (replaced.Body, replaced.At));
            else if (!changes[pair.Key].Any() && pair.Key is IFieldSymbol { DeclaredAccessibility: Accessibility.Private, IsVolatile: false } field)
                yield return new(field, pair.Value, null);
    }

    /// <summary>Where the fields get other objects; an initializer and a constructor, which may do so even if they are read-only, left out.</summary>
    private static IEnumerable<(ISymbol Field, bool Replaces, Body Body, TextSpan At)> Changes(TypeModel type, ICollection<ISymbol> fields)
    {
        foreach (var body in type.Bodies)
            if (body.Events.Any(e => e is Assign))
                foreach (var (e, before) in type.Visit(body))
                    if (e is Assign { Place.Member: IFieldSymbol field } assign && fields.Contains(field) && assign.Change != Change.Begin
                        && !IsConstruction(body.IsConstruction, body, assign.Place))
                        yield return (field, assign.Change == Change.Replace
                            && !IsConstruction(type.Entry.IsConstruction(body) || Shapes.BeginsAgain(body.Symbol), body, assign.Place)
                            && !IsGuarded(before, field), body, e.Span);
    }

    /// <summary>It starts with nothing, and one place gives it its object, which may well be the only one it ever has.</summary>
    private static bool IsGivenLate(TypeModel type, IFieldSymbol field, IEnumerable<(ISymbol Field, bool Replaces, Body Body, TextSpan At)> changes) =>
        field.DeclaringSyntaxReferences is [var declaration]
        && declaration.GetSyntax() is VariableDeclaratorSyntax { Initializer: var initializer }
        && initializer?.Value is null or LiteralExpressionSyntax or PostfixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax }
        && changes.Select(change => (change.Body.Tree, change.At)).Distinct().Count() == 1
        && !type.Bodies.Any(body => type.Entry.IsConstruction(body)
            && body.Events.Any(e => e is Assign assign && SymbolEqualityComparer.Default.Equals(assign.Place.Member, field)));

    private static bool IsConstruction(bool constructs, Body body, Place place) =>
        constructs && (place.Root == Root.Static ? body.Method is null or { IsStatic: true } : place is { Root: Root.This, Path.Length: 1 });

    /// <summary>Under a lock of its own, replacing the object may be part of a larger plan.</summary>
    private static bool IsGuarded(LockState before, IFieldSymbol field) =>
        before.Must.Any(held => !SymbolEqualityComparer.Default.Equals(held.Lock.Place.Member, field));

    private static bool IsOf(IFieldSymbol field, TypeModel type) =>
        field.Type.IsReferenceType && SymbolEqualityComparer.Default.Equals(Reader.Outermost(field.ContainingType), type.Type);

    /// <summary>It excludes, and by being this object: a lock that can have a name is found by it.</summary>
    private static bool IsLock(TypeModel type, LockedOn on, IFieldSymbol field)
    {
        if (on.IsMonitor)
            return true;
        var place = field.IsStatic ? Place.OfStatic(field) : Place.This(field.ContainingType).Then(field)!;
        return !LockTypes.HasNames(field.Type) && type.IsExclusive(new(place, Mode.Exclusive, type.Model.LockTypes.Of(field.Type)));
    }
}
