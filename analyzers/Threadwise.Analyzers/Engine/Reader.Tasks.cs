using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// Tasks: awaited, combined, complete.
internal sealed partial class Reader
{
    /// <summary>The tasks at these places are complete from here on.</summary>
    private void Completed(IOperation? task, TextSpan span)
    {
        if (!followsPaths)
            return;
        foreach (var place in TasksOf(task).Concat(TasksOf(Wrapped(task))))
        {
            Into.Add(new Complete(place, span));
            if (place is { Root: Root.Local, Path.IsEmpty: true, Symbol: ILocalSymbol local })
                foreach (var element in Elements(local))
                    if (Places.Of(element) is { } known)
                        Into.Add(new Complete(known, span));
        }
    }

    /// <summary>The task that was asked for another which ends when it does, or fails: <c>task.WaitAsync(cancel)</c>, an extension method.</summary>
    private IOperation? Wrapped(IOperation? task)
    {
        var inner = task;
        for (var steps = 0; steps < 8 && Places.Task(inner) is IInvocationOperation call
            && (call.Instance ?? (call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0 ? call.Arguments[0].Value : null)) is { Type: { } type } asked
            && Shapes.IsAwaited(type); steps++)
            inner = asked;
        return inner == task ? null : inner;
    }

    /// <summary>What is known to be in a local collection.</summary>
    private IEnumerable<IOperation> Elements(ILocalSymbol local) =>
        (Places.Bare(Places.Definitions.Of(local)) switch
        {
            IArrayCreationOperation { Initializer.ElementValues: var values } => values,
            IObjectCreationOperation { Initializer.Initializers: var values } =>
                values.OfType<IInvocationOperation>().Where(add => add.Arguments.Length == 1).Select(add => add.Arguments[0].Value),
            { } other => other.ChildOperations.Where(child => Places.Of(child) is not null),
            null => Enumerable.Empty<IOperation>(),
        }).Concat(Places.Definitions.AddedTo(local));

    /// <summary>The places of the tasks an expression stands for: itself, the elements of a list, the parts of a combination.</summary>
    private ImmutableArray<Place> TasksOf(IOperation? value)
    {
        var places = ImmutableArray.CreateBuilder<Place>();
        var pending = new Stack<IOperation?>();
        pending.Push(value);
        for (var steps = 0; pending.Count > 0 && steps < 64; steps++)
        {
            var task = Places.Bare(pending.Pop());
            if (Places.Of(task) is { } place)
                places.Add(place);
            if (Places.Task(task) is { } source && source != task)
            {
                if (source is not ILocalReferenceOperation)
                    pending.Push(source);
            }
            else
                foreach (var part in Parts(task))
                    pending.Push(part);
        }

        return places.ToImmutable();
    }

    /// <summary>Kinds that came after the oldest compiler this runs in.</summary>
    public const OperationKind CollectionExpression = (OperationKind)127;

    private const OperationKind Spread = (OperationKind)128;

    private IEnumerable<IOperation> Parts(IOperation? task) => task switch
    {
        IArrayCreationOperation { Initializer.ElementValues: var values } => values,
        { Kind: CollectionExpression or Spread } list => list.ChildOperations,
        IObjectCreationOperation { Constructor: { } constructor, Arguments: [var view, ..] } when Facts.About(constructor, Effect.Same) is not null =>
            new[] { view.Value },
        IInvocationOperation { Instance: null, Arguments: [var same] } cast when Facts.About(cast.TargetMethod, Effect.Same) is { On: not Fact.Receiver } =>
            new[] { same.Value },
        IArrayElementReferenceOperation { ArrayReference: var array } => new[] { array },
        IPropertyReferenceOperation { Arguments.Length: 1, Instance: { } list } => new[] { list },
        ILocalReferenceOperation { Local: var local } when Places.Definitions.IteratedBy(local) is { } collection => new[] { collection },
        IInvocationOperation call when Facts.About(call.TargetMethod, Effect.Combines) is { All: true } => call.Arguments.Select(argument => argument.Value),
        IPropertyReferenceOperation { Instance: { } outer } property when Facts.About(property.Property, Effect.Same) is not null => new[] { outer },
        _ => Enumerable.Empty<IOperation>(),
    };

    /// <summary>Complete by the way it is made: a completed task, the winner of a race, a dual-mode method asked to run synchronously.</summary>
    private bool IsCompleteByItself(IOperation? value) => Places.Task(value) switch
    {
        IInvocationOperation call => Facts.About(call.TargetMethod, Effect.Completed) is not null || IsAskedToBeSynchronous(call),
        IPropertyReferenceOperation property => Facts.About(property.Property, Effect.Completed) is not null,
        IAwaitOperation await => IsAnyOf(await),
        IObjectCreationOperation { Constructor: { } constructor } => Facts.About(constructor, Effect.Completed) is not null,
        IDefaultValueOperation => true,
        IConditionalOperation { WhenTrue: var a, WhenFalse: { } b } => IsCompleteByItself(a) && IsCompleteByItself(b),
        _ => false,
    };

    private bool IsAnyOf(IAwaitOperation await) =>
        Places.Task(await.Operation) is IInvocationOperation call && Facts.About(call.TargetMethod, Effect.Combines) is { All: false };

    /// <summary>What control knows behind a condition.</summary>
    public IEnumerable<Event> Conditions(IOperation? condition, bool value)
    {
        var bare = Places.Bare(condition);
        switch (bare)
        {
            case null:
                return Enumerable.Empty<Event>();
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand }:
                return Conditions(operand, !value);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when value:
                return Conditions(both.LeftOperand, true).Concat(Conditions(both.RightOperand, true));
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison:
                return Compared(comparison, value == (comparison.OperatorKind == BinaryOperatorKind.Equals));
            case IIsPatternOperation test when Known(test, value) is { } known:
                return known;
            case IIsNullOperation { Operand: var operand } when Places.Of(operand) is { } tested && !(KeyOf(operand) is { } variable && _scopes.ContainsKey(variable)):
                return new[] { new Know(tested, value, bare.Syntax.Span) };
            case IIsNullOperation { Operand: var operand } when value && KeyOf(operand) is { } scope && _scopes.TryGetValue(scope, out var none):
                return GivenBack(none, bare.Syntax.Span);
            case IInvocationOperation call when Facts.About(call.TargetMethod, Effect.Tests) is { } tests && LockOf(call, tests) is { } held:
                return new[] { Tested(held, value, bare.Syntax.Span) };
            case IInvocationOperation call when value && Asked(call) is { } asked:
                return TasksOf(asked).Select(task => new Complete(task, bare.Syntax.Span));
            case IPropertyReferenceOperation property when SelectsAsynchronous(property) is null:
                return Known(property, value);
            case ILocalReferenceOperation { Local: var local } when Places.Bare(Places.Definitions.Of(local)) is IPropertyReferenceOperation remembered:
                return Known(remembered, value).Concat(Flag(bare, value));
        }

        return Flag(bare, value);
    }

    /// <summary>What a pattern that matched, or did not, says of what was matched.</summary>
    private IEnumerable<Event>? Known(IIsPatternOperation test, bool value)
    {
        var (matched, span) = (test.Value, test.Syntax.Span);
        switch (test.Pattern)
        {
            case IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool expected } }:
                return Conditions(matched, value == expected);
            case IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } when Places.Of(matched) is { } tested:
                return new[] { new Know(tested, value, span) };
            case INegatedPatternOperation { Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } } when Places.Of(matched) is { } tested:
                return new[] { new Know(tested, !value, span) };
            case IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: >= 5 } }
                when value && Places.Bare(matched) is IPropertyReferenceOperation status && Facts.About(status.Property, Effect.Proves) is not null:
                return TasksOf(status.Instance).Select(task => new Complete(task, span));
            case IRecursivePatternOperation pattern when value:
                return Matched(matched, pattern);
            default:
                return null;
        }
    }

    /// <summary>Of what a call that turned out true proves that it is complete.</summary>
    private IOperation? Asked(IInvocationOperation call) =>
        Facts.About(call.TargetMethod, Effect.Proves) is not null ? call.Instance
        : call.Arguments is [var asked] && Shapes.AsksForCompletion(call.TargetMethod) ? asked.Value
        : null;

    private IEnumerable<Event> Flag(IOperation condition, bool value)
    {
        if (SelectsAsynchronous(condition) == !value)
            yield return new SynchronousMode(condition.Syntax.Span);
        if (KeyOf(condition) is { } key)
            yield return new Know(key, value, condition.Syntax.Span);
    }

    private IEnumerable<Event> Known(IPropertyReferenceOperation property, bool value)
    {
        if (value && Facts.About(property.Property, Effect.Proves) is not null)
            return TasksOf(property.Instance).Select(task => new Complete(task, property.Syntax.Span));
        if (Facts.About(property.Property, Effect.Tests) is { } test && Places.Of(property.Instance) is { } place)
            return new[] { Tested(new Lock(place, test.Mode, model.LockTypes.Of(property.Instance?.Type)), value, property.Syntax.Span) };
        return Enumerable.Empty<Event>();
    }

    private static Event Tested(Lock tested, bool value, TextSpan span) => value ? new Assume(tested, span) : new Refute(tested, span);

    private IEnumerable<Event> Matched(IOperation value, IRecursivePatternOperation pattern) =>
        pattern.PropertySubpatterns
            .Where(sub => sub is { Member: IPropertyReferenceOperation { Property: var property },
                Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: true } } }
                && Facts.About(property, Effect.Proves) is not null)
            .SelectMany(sub => TasksOf(value).Select(task => new Complete(task, sub.Syntax.Span)));

    private IEnumerable<Event> Compared(IBinaryOperation comparison, bool equal)
    {
        if (SelectsAsynchronous(comparison) is not null)
            return Flag(comparison, equal == (comparison.OperatorKind == BinaryOperatorKind.Equals));
        var (left, right) = (Places.Bare(comparison.LeftOperand), Places.Bare(comparison.RightOperand));
        if (right?.ConstantValue is { HasValue: true, Value: bool constant })
            return Conditions(left, equal == constant);
        if (right?.ConstantValue is { HasValue: true, Value: null } && Places.Of(left) is { } tested)
            return new[] { new Know(tested, equal, comparison.Syntax.Span) };
        if (!equal)
            return Loser(left, right, comparison.Syntax.Span).Concat(Loser(right, left, comparison.Syntax.Span));
        if (left is IPropertyReferenceOperation status && Facts.About(status.Property, Effect.Proves) is not null
            && right?.ConstantValue is { HasValue: true, Value: >= 5 })
            return TasksOf(status.Instance).Select(task => new Complete(task, comparison.Syntax.Span));
        return Winner(left, right, comparison.Syntax.Span).Concat(Winner(right, left, comparison.Syntax.Span));
    }

    /// <summary>A task equal to the winner of a race is complete.</summary>
    private IEnumerable<Event> Winner(IOperation? winner, IOperation? task, TextSpan span) =>
        IsCompleteByItself(winner) ? TasksOf(task).Select(place => new Complete(place, span)) : Enumerable.Empty<Event>();

    /// <summary>If a task is not the winner of a race of two, the other one is complete.</summary>
    private IEnumerable<Event> Loser(IOperation? winner, IOperation? task, TextSpan span)
    {
        if (Places.Task(winner) is not IAwaitOperation await || !IsAnyOf(await) || Places.Of(task) is not { } loser)
            return Enumerable.Empty<Event>();
        var racers = ((IInvocationOperation)Places.Task(await.Operation)!).Arguments
            .Select(argument => Places.Bare(argument.Value)!)
            .SelectMany(racer => racer is IArrayCreationOperation or { Kind: CollectionExpression } ? Parts(racer) : new[] { racer })
            .ToList();
        return racers.Count == 2 && racers.FindIndex(racer => loser.Equals(Places.Of(racer))) is >= 0 and var i
            ? TasksOf(racers[1 - i]).Select(place => new Complete(place, span))
            : Enumerable.Empty<Event>();
    }
}
