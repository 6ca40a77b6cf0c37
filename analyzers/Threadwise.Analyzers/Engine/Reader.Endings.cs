using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// The ends of objects' use in async code, and work that async code waits for though it could await it.
internal sealed partial class Reader
{
    /// <summary>An object is disposed of, by a call or at the end of a using statement, in which case a graph has a call of its own.</summary>
    /// <param name="first">From here on is what runs then.</param>
    private void Ended(IInvocationOperation call, int first)
    {
        if (!InAsync || call.TargetMethod.Name != Shapes.Disposal || !call.Arguments.IsEmpty || EndingOf(call.Instance) is not { } instead)
            return;
        NeedsPaths = true;
        for (var i = first; i < Into.Count; i++)
            Into[i] = Ending(Into[i]);
        Into.Add(new SyncDispose(Places.Bare(call.Instance)!.Type!, instead, call.Syntax.Span));
    }

    private static Event Ending(Event e) => e switch
    {
        Call { Target.Name: Shapes.Disposal } call => call with { EndsUse = true },
        Outside { Call.Target.Name: Shapes.Disposal } outside => outside with { Call = outside.Call with { EndsUse = true } },
        _ => e,
    };

    /// <summary>How else the use of a value can be ended, if that makes a difference. An object ends its own use as it likes.</summary>
    private IMethodSymbol? EndingOf(IOperation? value) => Places.Bare(value) is { Type: { } type } bare and not IInstanceReferenceOperation ? EndingOf(type, bare) : null;

    private IMethodSymbol? EndingOf(ITypeSymbol type, IOperation value) =>
        !_isOfBothKinds && model.DisposeAsyncOf(type, Cancel) is { } instead && !IsIdle(value) && !IsInMemory(value) ? instead : null;

    /// <summary>Its caller says whether it is asynchronous; what it ends, it then ends for both.</summary>
    private readonly bool _isOfBothKinds = owner is IMethodSymbol member
        && member.Parameters.Any(static parameter => parameter.Type.SpecialType == SpecialType.System_Boolean && SelectsAsynchronous(parameter.Name) is not null);

    /// <summary>By the way it is made, there is nothing left to do at its end.</summary>
    private bool IsIdle(IOperation value)
    {
        IOperation? made = value;
        for (var steps = 0; steps < 8 && made is ILocalReferenceOperation or IAwaitOperation; steps++)
            made = Places.Task(made is ILocalReferenceOperation { Local: var local } ? Places.Definitions.Of(local) : ((IAwaitOperation)made!).Operation);
        return made switch
        {
            IInvocationOperation call =>
                Shapes.OpensToRead(call.TargetMethod) || Facts.About(call.TargetMethod, Effect.Idle) is not null || call.Arguments.Any(IsForReading),
            IObjectCreationOperation creation =>
                creation.Constructor is { } constructor && Facts.About(constructor, Effect.Idle) is not null || creation.Arguments.Any(IsForReading),
            _ => false,
        };
    }

    private static bool IsForReading(IArgumentOperation argument) =>
        argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Type: var type } && Shapes.OnlyReads(type, argument.Value.ConstantValue);

    /// <summary>A function is given to something that runs it many times at once and returns when all of it is done.</summary>
    private void Forked(IOperation? argument, IMethodSymbol function)
    {
        if (InAsync && argument is IArgumentOperation or IArrayInitializerOperation or IArrayCreationOperation or { Kind: CollectionExpression }
            && Starting(argument) is { Many: true, Joins: true } fact && CallAround(argument) is { } call)
        {
            NeedsPaths = true;
            Into.Add(new Fork(call.TargetMethod, function, Twins.Named(fact, call.TargetMethod, model.Compilation), call.Syntax.Span));
        }
    }

    private static IInvocationOperation? CallAround(IOperation argument)
    {
        var outer = argument;
        while (outer is not (null or IInvocationOperation))
            outer = outer.Parent;
        return outer as IInvocationOperation;
    }
}
