using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Places that others than the running code may have in hand: members of objects that were not made here, statics, and what a lambda that runs many times at once shares with the code around it.</summary>
internal static class Sharing
{
    /// <summary>The place of a value if others may have it too.</summary>
    public static Place? Of(Model model, Places places, IOperation? value) => places.Of(value) switch
    {
        { Root: Root.Local, Path.IsEmpty: true, Symbol: ILocalSymbol local } place => IsCaptured(model, local, value!) ? place : null,
        { Root: Root.Local } => null,
        { Root: Root.Parameter, Symbol: IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } } } => null,
        var place => place,
    };

    private static bool IsCaptured(Model model, ILocalSymbol local, IOperation at)
    {
        for (var outer = at.Parent; outer is not null; outer = outer.Parent)
            if (outer is IAnonymousFunctionOperation { Symbol: var function } lambda && !SymbolEqualityComparer.Default.Equals(function, local.ContainingSymbol))
                return lambda.Parent is IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var starter } } }
                    && model.Facts.About(starter, Effect.Starts) is { Many: true };
        return false;
    }
}
