using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// Calls that stop the thread: for what, for how long, and whose work that is.
internal sealed partial class Reader
{
    private IOperation? TaskOf(IInvocationOperation call, Fact fact) =>
        fact.On == Fact.Receiver ? call.Instance ?? (call.Arguments.Length > 0 ? call.Arguments[0].Value : null) : Argument(call, fact.On);

    private void Blocked(Fact fact, ISymbol member, IOperation? task, IOperation at)
    {
        if (at is IInvocationOperation { TargetMethod.ReturnType.OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T }
            && !IsEnumerated(at))
            return;
        WaitedFor(fact, task, at);
        var source = Places.Task(task);
        var none = fact.Timeout is { } limit && at is IInvocationOperation call && Argument(call, limit) is var time
            && (IsZero(time) || Shapes.Tries(call.TargetMethod) && IsUnseen(time));
        var delay = source is IInvocationOperation timer && Facts.About(timer.TargetMethod, Effect.Delays) is not null;
        var isOver = none || IsCompleteByItself(task) || IsInMemory(task ?? FirstArgument(at));
        var tasks = TasksOf(task);
        // On the way here it may have come to be known to be over, or a lock may be held.
        NeedsPaths |= !isOver && (InAsync || fact.Kind == "signal" || fact.Kind == "wait" && !tasks.IsEmpty || _statements > 0 && fact.Kind is "join" or "wait");
        Into.Add(new Block(fact, member, tasks, isOver, delay, at.Syntax.Span)
        {
            Work = WorkOf(source) ?? WorkOf(at),
            Twin = InAsync && !IsOfItsOwn(fact, at) ? Twins.Of(fact, at, model.Compilation) : null,
            OnFailure = OnFailure,
            Asked = source is IInvocationOperation { TargetMethod: var asked } && IsOurs(asked) ? asked.OriginalDefinition : null,
        });
        if (source is IInvocationOperation waited)
            LockTaken(waited, at);
        WokenBy(fact.Kind is "signal" or "wait" ? task ?? (at as IInvocationOperation)?.Instance : null, at);
        if (Ends(fact) && fact.Timeout is null && (fact.On == Fact.Receiver || fact.All))
            Completed(task, at.Syntax.Span);
    }

    /// <summary>The body that a task, thread or registration stands for: a delegate that was started, or an async method.</summary>
    private Work? WorkOf(IOperation? source)
    {
        if (source is ILocalReferenceOperation { Local: var local })
            source = Places.Bare(Places.Definitions.Of(local));
        var (target, arguments, instance) = source switch
        {
            IInvocationOperation call => (call.TargetMethod, call.Arguments, call.Instance),
            IObjectCreationOperation { Constructor: { } constructor } creation => (constructor, creation.Arguments, null),
            _ => default,
        };
        if (target is null)
            return null;
        foreach (var fact in Facts.About(target))
            if (fact.Effect == Effect.Starts)
                foreach (var argument in arguments)
                    if (fact.IsAbout(argument.Parameter?.Ordinal ?? -1)
                        && Places.Bare(argument.Value) is IDelegateCreationOperation { Target: var function } && Runs(function) is { } run)
                        return new(run, OnOtherThread: true)
                            { ReturnsTask = argument.Parameter?.OriginalDefinition.Type is INamedTypeSymbol { DelegateInvokeMethod.ReturnType: { } result }
                                && Shapes.IsAwaited(result) };
        return target is { IsAsync: true } && IsOurs(target)
            ? new(new(target.OriginalDefinition, PlaceOfReceiver(target, instance), OnOwned: false, Arguments(target, arguments), Awaited: true, source!.Syntax.Span),
                OnOtherThread: false)
            : null;
    }

    private Call? Runs(IOperation function) => function switch
    {
        IMethodReferenceOperation reference =>
            new(reference.Method.OriginalDefinition, PlaceOfReceiver(reference.Method, reference.Instance), OnOwned: false,
                ImmutableArray<Place?>.Empty, Awaited: true, function.Syntax.Span),
        _ when Function(function) is { } lambda => new(lambda, null, OnOwned: false, ImmutableArray<Place?>.Empty, Awaited: true, function.Syntax.Span),
        _ => null,
    };

    /// <summary>What was waited for once is over for good.</summary>
    private static bool Ends(Fact fact) => fact.Kind is "wait" or "join" or "process";

    /// <summary>Of its own members an object calls, what is written here tells; and what makes a method asynchronous by its synchronous sibling cannot await itself instead.</summary>
    private bool IsOfItsOwn(Fact fact, IOperation at) =>
        at is IInvocationOperation { Instance: IInstanceReferenceOperation { Syntax.RawKind: not (int)Microsoft.CodeAnalysis.CSharp.SyntaxKind.BaseExpression },
            TargetMethod: var called }
        && (owner.Name == fact.Twin || called.IsOverride && IsOurs(called));

    /// <summary>A limit that is decided elsewhere; to try within it may be to look.</summary>
    private static bool IsUnseen(IOperation? limit) =>
        limit is { ConstantValue.HasValue: false } and (IFieldReferenceOperation { Field.IsStatic: false } or IParameterReferenceOperation
            or IPropertyReferenceOperation { Property.IsStatic: false });

    private static bool IsZero(IOperation? limit) =>
        limit?.ConstantValue is { HasValue: true, Value: 0 } || limit is IDefaultValueOperation or IFieldReferenceOperation { Field: { Name: "Zero", IsStatic: true } };
}
