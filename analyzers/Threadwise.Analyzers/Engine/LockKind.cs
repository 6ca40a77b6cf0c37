using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>How the lock at a place is taken, in one word for fixes.</summary>
internal static class LockKind
{
    public static string Of(Model model, Place place)
    {
        var type = place.Member switch
        {
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            IParameterSymbol parameter => parameter.Type,
            _ => place.Symbol as ITypeSymbol,
        };
        return type is null ? "other"
            : model.Facts.About(type, Effect.Lock) is not { } row ? "monitor"
            : row switch
            {
                { Counted: true } => "semaphore",
                _ when Acquires(model, type, fact => fact.Mode == Mode.Shared) => "readerwriter",
                { Affine: true } when Acquires(model, type, fact => fact.ReturnsScope) => "lock",
                _ => "other",
            };
    }

    private static bool Acquires(Model model, ITypeSymbol type, Func<Fact, bool> how) =>
        type.GetMembers().Any(member => model.Facts.About(member, Effect.Acquires) is { } fact && how(fact));
}
