using System.Collections.Concurrent;

namespace Threadwise.Analyzers.Engine;

/// <summary>The lock that must be held while a member is touched, as its annotation names it.</summary>
/// <param name="Name">As written.</param>
/// <param name="Place">The lock seen from inside the member's object; null if the name means nothing there.</param>
internal sealed record Guard(ISymbol Member, string Name, Place? Place);

/// <summary>All guards of one compilation. Thread-safe.</summary>
internal sealed class Guards
{
    private readonly ConcurrentDictionary<ISymbol, Guard?> _known = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, Guard?> _required = new(SymbolEqualityComparer.Default);

    /// <summary>The guard written on a field or property, or null.</summary>
    public Guard? Of(ISymbol member) => _known.GetOrAdd(member.OriginalDefinition, static member => Read(member, "GuardedBy"));

    /// <summary>The lock a method demands of its callers, or null.</summary>
    public Guard? RequiredBy(IMethodSymbol method) =>
        _required.GetOrAdd(method.OriginalDefinition, static method => Read(method, "RequiresLock")
            ?? (((IMethodSymbol)method).AssociatedSymbol is { } property ? Read(property, "RequiresLock") : null));

    private static Guard? Read(ISymbol member, string annotation) =>
        Annotation.Argument(member, annotation) is { } name ? new Guard(member, name, Of(member, Named(member.ContainingType, name.Trim()))) : null;

    /// <summary>A static member has no instance whose lock could guard it.</summary>
    private static Place? Of(ISymbol member, Place? place) => member.IsStatic && place is { Root: Root.This } ? null : place;

    /// <summary>The lock that a name means inside a type, or null.</summary>
    public static Place? Named(INamedTypeSymbol type, string name)
    {
        if (name == "this")
            return Place.This(type);
        if (name.StartsWith("typeof(", StringComparison.Ordinal) && name.EndsWith(")", StringComparison.Ordinal))
            return Enclosing(type, name.Substring(7, name.Length - 8)) is { } named ? Place.TypeOf(named) : null;
        if (name.StartsWith("this.", StringComparison.Ordinal))
            name = name.Substring(5);

        var parts = name.Split('.');
        if (parts.Length == 2 && Enclosing(type, parts[0]) is { } owner && Member(owner, parts[1]) is { IsStatic: true } field)
            return Place.OfStatic(field);
        var place = Member(type, parts[0]) is not { } first ? null
            : first.IsStatic ? Place.OfStatic(first)
            : Place.This(type).Then(first);
        for (var i = 1; i < parts.Length && place is not null; i++)
            place = TypeOf(place.Member!) is INamedTypeSymbol next && Member(next, parts[i]) is { } member ? place.Then(member) : null;
        return place;
    }

    /// <summary>A type of this name: the type itself, one around it, or one beside it.</summary>
    private static INamedTypeSymbol? Enclosing(INamedTypeSymbol type, string name)
    {
        for (var outer = type; outer is not null; outer = outer.ContainingType)
            if (outer.Name == name)
                return outer;
        return type.ContainingType?.GetTypeMembers(name).FirstOrDefault() ?? type.ContainingNamespace.GetTypeMembers(name).FirstOrDefault();
    }

    private static ISymbol? Member(INamedTypeSymbol type, string name)
    {
        for (var t = type; t is not null; t = t.BaseType)
            if (t.GetMembers(name).FirstOrDefault(member => member is IFieldSymbol or IPropertySymbol) is { } found)
                return found is IPropertySymbol property ? Getter.Behind(property, default) ?? property : found;
        return null;
    }

    private static ITypeSymbol? TypeOf(ISymbol member) => (member as IFieldSymbol)?.Type ?? (member as IPropertySymbol)?.Type;
}
