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
        var nature = model.LockTypes.OfStatement(type);
        return type is null || nature == LockNature.Unknown ? "other"
            : nature == model.LockTypes.OfStatement(null) ? "monitor"
            : nature switch
            {
                { Counted: true } => "semaphore",
                { Affine: true, Reentrant: true } => "lock",
                { Affine: true } => "readerwriter",
                _ => "other",
            };
    }
}
