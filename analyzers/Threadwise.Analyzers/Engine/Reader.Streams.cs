using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// Streams and readers: which of them nobody has to be waited for.
internal sealed partial class Reader
{
    private static IOperation? FirstArgument(IOperation at) => at is IInvocationOperation { Arguments: [var first, ..] } ? first.Value : null;

    /// <summary>A stream, or a reader of one, by its type, what a local was made of, or what handed it out.</summary>
    private bool IsInMemory(IOperation? stream, int steps = 0) => ++steps < 8 && Places.Bare(stream) is { Type: { } type } value
        && (Facts.About(type, Effect.Memory) is not null || Giver(value) is { } giver && Facts.About(giver, Effect.Memory) is not null || value switch
        {
            ILocalReferenceOperation { Local: var local } =>
                Places.Definitions.AllOf(local).RemoveAll(one => IsHandedBack(one, local)) is { IsEmpty: false } all && all.All(one => IsInMemory(one, steps)),
            IObjectCreationOperation { Arguments: [var inner, ..] } => IsInMemory(inner.Value, steps),
            IInvocationOperation { TargetMethod: var maker } when IsOurs(maker) => InMemory.Returns(maker, Facts, Cancel),
            _ => false,
        });

    /// <summary>A variable gets back what a method was given of it.</summary>
    private bool IsHandedBack(IOperation? value, ILocalSymbol local) => Places.Bare(value) is IInvocationOperation { TargetMethod: var method } call && IsOurs(method)
        && call.Arguments.Any(argument => argument.Parameter is { } given && Places.Bare(argument.Value) is ILocalReferenceOperation reference
            && SymbolEqualityComparer.Default.Equals(reference.Local, local) && InMemory.HandsBack(method, given, Cancel));

    private static ISymbol? Giver(IOperation value) => value switch
    {
        IMemberReferenceOperation reference => reference.Member,
        IInvocationOperation call => call.TargetMethod,
        _ => null,
    };
}
