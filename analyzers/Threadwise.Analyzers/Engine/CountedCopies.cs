using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Where a concurrent collection is copied by code that counts its elements first; see <see cref="CountedCopy"/>.</summary>
internal static class CountedCopies
{
    public static IReadOnlyList<Event> At(Model model, Places places, IMethodSymbol by, int from, ImmutableArray<IArgumentOperation> arguments, IOperation at) =>
        arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == from)?.Value is { } source
        && places.Bare(source) is { Type: { } type } collection && IsCounted(model, type) && Sharing.Of(model, places, collection) is { } on
            ? [new CountedCopy(on, by, collection.Syntax.Span, at.Syntax.Span)]
            : [];

    /// <summary>Safe for concurrent use, and yet a collection that can be asked how many it holds before it is copied.</summary>
    private static bool IsCounted(Model model, ITypeSymbol type) =>
        model.Facts.About(type, Effect.ThreadSafe) is not null && model.Facts.About(type, Effect.Synchronizes) is not null
        && type.AllInterfaces.Any(static contract => contract.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_ICollection_T);
}
