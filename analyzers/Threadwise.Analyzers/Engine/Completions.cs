using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>Whether what waits for a task or token runs inside the call that completes it, which depends on how its source was created.</summary>
internal static class Completions
{
    /// <summary>Where the source was created, if every way it can have been created lets continuations run inside the call; null otherwise, and where that is not known.</summary>
    public static IReadOnlyList<Location>? InlineSources(TypeModel type, Body body, Finish finish)
    {
        if (!HasChoice(finish.Type))
            return Bases(finish.Type).Any(HasChoice) ? null : [];
        if (finish.Source is { Root: Root.Local } own && body.Events.Any(e => e is CreateSource { Source: { } source } && source.Equals(own)))
            return null;
        var all = (from maker in type.Bodies
                   from creation in maker.Events.OfType<CreateSource>()
                   where SymbolEqualityComparer.Default.Equals(creation.Type, finish.Type)
                   select (maker.Tree, Creation: creation)).Distinct().ToList();
        if (finish.Source?.Member is { } member
            && all.Where(made => SymbolEqualityComparer.Default.Equals(made.Creation.Source?.Member, member)).ToList() is { Count: > 0 } stored)
            all = stored;
        return all.Count > 0 && !all.Any(made => made.Creation.RunsApart) ? all.Select(made => Location.Create(made.Tree, made.Creation.Span)).ToList() : null;
    }

    /// <summary>What derives from such a source says how it behaves once for all, where its constructors call those below.</summary>
    private static IEnumerable<ITypeSymbol> Bases(ITypeSymbol type)
    {
        for (var below = type.BaseType; below is not null; below = below.BaseType)
            yield return below;
    }

    /// <summary>Who creates one can say how it behaves.</summary>
    private static bool HasChoice(ITypeSymbol type) =>
        type is INamedTypeSymbol named
            && named.InstanceConstructors.Any(constructor => constructor.Parameters.Any(parameter => parameter.Type.TypeKind == TypeKind.Enum));
}
