using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// Streams and readers: which of them nobody has to be waited for.
internal sealed partial class Reader
{
    private static IOperation? FirstArgument(IOperation at) => at is IInvocationOperation { Arguments: [var first, ..] } ? first.Value : null;

    /// <summary>A stream, or a reader of one, by its type, what a local was made of, or what handed it out.</summary>
    private bool IsInMemory(IOperation? stream)
    {
        for (var steps = 0; steps < 8 && (stream = Places.Bare(stream)) is { Type: { } type }; steps++)
            if (Facts.About(type, Effect.Memory) is not null || Giver(stream) is { } giver && Facts.About(giver, Effect.Memory) is not null)
                return true;
            else
                stream = stream switch
                {
                    ILocalReferenceOperation { Local: var local } => Places.Definitions.Of(local),
                    IObjectCreationOperation { Arguments: [var inner, ..] } => inner.Value,
                    _ => null,
                };
        return false;
    }

    private static ISymbol? Giver(IOperation value) => value switch
    {
        IMemberReferenceOperation reference => reference.Member,
        IInvocationOperation call => call.TargetMethod,
        _ => null,
    };
}
