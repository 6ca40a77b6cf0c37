using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Finds, in one member, the functions that run beside the code around them and beside other runs of themselves.</summary>
internal sealed class Runs(Model model, ISymbol owner, Places places, ImmutableArray<IOperation> blocks)
{
    private readonly Fates _fates = new(model.Facts, places);
    private Dictionary<ISymbol, IOperation>? _localFunctions;

    public Fates Fates => _fates;

    public Confinement Confined { get; } = new(model, owner);

    /// <summary>The run of a function that was handed to something, if that runs it beside the code around.</summary>
    /// <param name="reference">The lambda, or the name of a method where a delegate is wanted; or the call of an asynchronous local function.</param>
    /// <param name="argument">What it is handed over by.</param>
    public Run? Of(IOperation reference, IMethodSymbol symbol, IOperation? argument)
    {
        if (CodeOf(reference, symbol) is not { } code)
            return null;
        if (reference is IInvocationOperation called)
            return Found(new(code, symbol, called, symbol) { BeginsAsCall = true });
        if (Given(argument) is not { Call: { } call, Starter: { } starter } given)
            return null;
        if (model.Facts.About(starter, Effect.Starts) is not { } fact)
            return symbol.IsAsync && IsOneForEach(call, symbol)
                ? new Run(code, symbol, call, Terminal(call) ?? starter) { Among = code, BeginsAsCall = true, Until = call.Syntax.Span.End }
                : null;
        if (!fact.IsAbout(given.Ordinal) || fact.Kind == "turn" || model.Facts.About(starter, Effect.Defers) is not null || Options(call).Any(IsInTurn))
            return null;
        var run = new Run(code, symbol, call, starter);
        return fact.Many && !given.IsInList ? run with { Among = code, IsJoined = fact.Joins, Until = fact.Joins ? call.Syntax.SpanStart : _fates.Until(call) }
            : fact.Many ? run with { IsOneOfSeveral = true, IsJoined = fact.Joins, Until = call.Syntax.Span.End }
            : Found(run);
    }

    /// <summary>By what a function that returns a task is called for each of many elements, before the task of the last one has ended.</summary>
    public ISymbol? ForEach(IMethodSymbol function, IOperation? argument) =>
        Given(argument) is { Call: { } call, Starter: { } starter } && IsOneForEach(call, function) ? Terminal(call) ?? starter : null;

    /// <summary>One run at a time is started: are there others because a loop starts it again?</summary>
    private Run Found(Run run) => run with { Among = Repeating(run.Start), Until = _fates.Until(run.Start) };

    /// <summary>The innermost code that starts work again before what it started is over; null if none does.</summary>
    public IOperation? Repeating(IOperation start)
    {
        for (var around = start.Parent; around is not null; around = around.Parent)
            switch (around)
            {
                case ILoopOperation loop when !IsOutside(loop, start):
                    return _fates.EndsWithin(loop, start) ? null : loop;
                case IAnonymousFunctionOperation lambda:
                    return _fates.Of(start).Fate is Fate.Returned && Given(ArgumentOf(lambda)) is { Call: { } call } && IsOneForEach(call, lambda.Symbol)
                        || _fates.Of(start).Fate is Fate.Dropped or Fate.Collected && Given(ArgumentOf(lambda)) is { Starter: { } invoker }
                            && model.Facts.About(invoker, Effect.Invokes) is not null ? lambda : null;
                case ILocalFunctionOperation:
                    return null;
            }
        return null;
    }

    /// <summary>What a loop goes through is computed once.</summary>
    private static bool IsOutside(ILoopOperation loop, IOperation start) =>
        loop is IForEachLoopOperation { Collection: var collection } && collection.Syntax.Span.Contains(start.Syntax.Span)
        || loop is IForLoopOperation { Before: var before } && before.Any(first => first.Syntax.Span.Contains(start.Syntax.Span));

    /// <summary>A function that returns a task is called for each element of a sequence, and nobody waits for one task before the next is asked for.</summary>
    private bool IsOneForEach(IOperation call, IMethodSymbol function) =>
        Shapes.IsAwaited(function.ReturnType) && call is IInvocationOperation { TargetMethod: var projection, Type: { } sequence } projected
        && model.Facts.About(projection, Effect.Defers) is not null && sequence.TypeKind == TypeKind.Interface && Terminal(projected) is not null;

    /// <summary>What goes through all of a sequence at once: directly, or through the only variable that has it.</summary>
    private ISymbol? Terminal(IOperation sequence)
    {
        var value = sequence;
        for (var steps = 0; steps < 16; steps++)
            switch (value.Parent)
            {
                case IConversionOperation outer:
                    value = outer;
                    break;
                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var consumer } call }:
                    if (model.Facts.About(consumer, Effect.Combines) is { All: true } || model.Facts.About(consumer, Effect.Enumerates) is not null)
                        return consumer;
                    return null;
                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } when places.Definitions.Of(local) is not null:
                    foreach (var use in places.Definitions.UsesOf(local))
                        if (Terminal(use) is { } terminal)
                            return terminal;
                    return null;
                default:
                    return null;
            }
        return null;
    }

    /// <summary>The call or creation that a function is an argument of, by itself or in a list.</summary>
    private static (IOperation? Call, IMethodSymbol? Starter, int Ordinal, bool IsInList) Given(IOperation? argument)
    {
        var inList = false;
        while (argument is IArrayInitializerOperation or IArrayCreationOperation or IConversionOperation or { Kind: Reader.CollectionExpression })
            (inList, argument) = (inList || argument is not IConversionOperation, argument.Parent);
        return argument is not IArgumentOperation { Parameter.Ordinal: var ordinal, Parent: { } call } ? default
            : (call, call is IInvocationOperation invocation ? invocation.TargetMethod : (call as IObjectCreationOperation)?.Constructor, ordinal, inList);
    }

    public static IOperation? ArgumentOf(IOperation function)
    {
        var outer = function.Parent;
        while (outer is IConversionOperation or IDelegateCreationOperation)
            outer = outer.Parent;
        return outer;
    }

    private static IEnumerable<IOperation> Options(IOperation call) =>
        (call as IInvocationOperation)?.Arguments.Select(static argument => argument.Value)
            ?? ((IObjectCreationOperation)call).Arguments.Select(static argument => argument.Value);

    /// <summary>An option by which runs come one after the other; or whose order only it knows.</summary>
    private bool IsInTurn(IOperation option) =>
        option is not IDelegateCreationOperation
            && (places.Bare(option) is ILocalReferenceOperation { Local: var local } && places.Definitions.Of(local) is { } only
                ? only
                : option) is { Type: { } type } value
        && (Shapes.Schedules(type) && !value.Syntax.ToString().EndsWith(Shapes.Standard, StringComparison.Ordinal)
            || value.Descendants().Any(static part => part is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var limit },
                Value.ConstantValue: { HasValue: true, Value: 1 } } && Shapes.Limits(limit)));

    private IOperation? CodeOf(IOperation reference, IMethodSymbol symbol)
    {
        if (reference is IAnonymousFunctionOperation)
            return reference;
        if (reference is IInvocationOperation { Instance: ILocalReferenceOperation { Local: var local } })
            return places.Bare(places.Definitions.Of(local)) is IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } ? lambda : null;
        if (symbol.MethodKind != MethodKind.LocalFunction)
            return null;
        _localFunctions ??= blocks.SelectMany(static block => block.Descendants()).OfType<ILocalFunctionOperation>()
            .ToDictionary<ILocalFunctionOperation, ISymbol, IOperation>(static function => function.Symbol.OriginalDefinition,
                static function => function, SymbolEqualityComparer.Default);
        return _localFunctions.TryGetValue(symbol.OriginalDefinition, out var code) ? code : null;
    }
}
