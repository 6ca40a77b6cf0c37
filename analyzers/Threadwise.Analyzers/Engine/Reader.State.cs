using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// State that somebody waits for: what changes it, and what a test tells about it.
internal sealed partial class Reader
{
    /// <summary>A thread waits under a lock for a pulse, or gives one; false for everything else.</summary>
    private bool Signalled(IInvocationOperation call, Fact fact)
    {
        if (fact.Effect is Effect.Drains or Effect.Ends)
            Processed(call, fact);
        else if (fact.Effect == Effect.Shares)
            Registering(call);
        if (fact is not { Effect: Effect.Waits or Effect.Completes, On: >= 0 } || LockOf(call, fact) is not { } taken || Facts.LockOf(call.TargetMethod, null) is null)
            return false;
        Into.Add(fact.Effect == Effect.Waits
            ? new Wait(taken.Place, fact.Timeout is null || IsEndless(call, fact), call.Syntax.Span)
            : new Pulse(taken.Place, fact.All, call.Syntax.Span));
        return true;
    }

    /// <summary>A private field's lock or signal is disposed of.</summary>
    private void Disposed(IInvocationOperation call)
    {
        if (Shapes.Disposes(call.TargetMethod) && call.Instance is { } instance
            && Places.Of(instance) is { Path.Length: 1, Member: IFieldSymbol { DeclaredAccessibility: Accessibility.Private } field } place && MayBeWaitedFor(field.Type))
        {
            NeedsPaths = true;
            Into.Add(new Dispose(place, call.Syntax.Span));
        }
    }

    private bool MayBeWaitedFor(ITypeSymbol type) => Facts.About(type, Effect.Lock) is not null || Facts.About(type, Effect.Signal) is not null;

    private void Used(ISymbol member, IOperation reference)
    {
        if (IsNear(member) && ChangeBy(reference) is { } change && Places.Of(reference) is { } place)
            Into.Add(new Update(place, change, reference.Syntax.Span));
    }

    private State? ChangeBy(IOperation reference) => reference.Parent switch
    {
        ISimpleAssignmentOperation assignment when assignment.Target == reference => AssignedState(assignment.Value),
        ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add, Value.ConstantValue: { HasValue: true, Value: > 0 } } change
            when change.Target == reference =>
            State.More,
        ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Subtract, Value.ConstantValue: { HasValue: true, Value: > 0 } } change
            when change.Target == reference =>
            State.Less,
        IIncrementOrDecrementOperation { Kind: OperationKind.Increment } => State.More,
        IIncrementOrDecrementOperation { Kind: OperationKind.Decrement } => State.Less,
        IInvocationOperation call when call.Instance == reference && Facts.About(call.TargetMethod, Effect.Writes) is not null =>
            Shapes.Grows(call.TargetMethod) switch { true => State.More, false => State.Less, null => State.Unknown },
        IInvocationOperation call when call.Instance == reference && Facts.About(call.TargetMethod) is { IsEmpty: true } => State.Unknown,
        _ => IsWritten(reference) ? State.Unknown : null,
    };

    private State AssignedState(IOperation value) =>
        value.ConstantValue is { HasValue: true, Value: var constant } ? constant is 0 && IsNumber(value) ? State.Less : State.Is(constant)
        : Places.Bare(value) is { ConstantValue: { HasValue: true, Value: null } } ? State.Is(null)
        : value.Type is { IsReferenceType: true } ? State.IsNot(null)
        : State.Unknown;

    /// <summary>What control knows of state behind a condition.</summary>
    public IEnumerable<Event> Tests(IOperation? condition, bool value)
    {
        if (!_waits || condition is null or { IsImplicit: true })
            yield break;
        var (tested, state) = Tested(condition, value);
        if (state is not null && Places.Of(tested) is { } place && (place.Member is not { } member || IsNear(member)))
            yield return new Test(place, state, condition.Syntax.Span);
    }

    private (IOperation? Tested, State? State) Tested(IOperation condition, bool value) => Places.Bare(condition) switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } => Tested(operand, !value),
        IIsNullOperation { Operand: var operand } => (operand, value ? State.Is(null) : State.IsNot(null)),
        IIsPatternOperation { Value: var matched, Pattern: IConstantPatternOperation { Value: var constant } } =>
            Compared(matched, BinaryOperatorKind.Equals, constant, value),
        IIsPatternOperation { Value: var matched, Pattern: INegatedPatternOperation { Pattern: IConstantPatternOperation { Value: var constant } } } =>
            Compared(matched, BinaryOperatorKind.NotEquals, constant, value),
        IBinaryOperation comparison => Compared(comparison.LeftOperand, comparison.OperatorKind, comparison.RightOperand, value),
        IPropertyReferenceOperation { Property: var property, Instance: var container } when Shapes.TellsEmpty(property) => (container, value ? State.Less : State.More),
        { Type.SpecialType: SpecialType.System_Boolean } plain => (plain, State.Is(value)),
        _ => default,
    };

    private (IOperation? Tested, State? State) Compared(IOperation left, BinaryOperatorKind how, IOperation right, bool value)
    {
        var (tested, constant) = (Places.Bare(left), Places.Bare(right)?.ConstantValue);
        var state = (how, constant) switch
        {
            (BinaryOperatorKind.Equals, { HasValue: true, Value: 0 }) when IsNumber(tested) => State.Less,
            (BinaryOperatorKind.NotEquals, { HasValue: true, Value: 0 }) when IsNumber(tested) => State.More,
            (BinaryOperatorKind.Equals, { HasValue: true, Value: var one }) => State.Is(one),
            (BinaryOperatorKind.NotEquals, { HasValue: true, Value: var one }) => State.IsNot(one),
            (BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual, _) => State.More,
            (BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual, _) => State.Less,
            (BinaryOperatorKind.Equals, { HasValue: false }) when IsCount(tested) => State.More,
            (BinaryOperatorKind.NotEquals, { HasValue: false }) when IsCount(tested) => State.Less,
            _ => null,
        };
        if (IsCount(tested))
            tested = ((IPropertyReferenceOperation)tested!).Instance;
        return (tested, value ? state : state?.Opposite);
    }

    private static bool IsNumber(IOperation? value) => value?.Type is { TypeKind: not TypeKind.Enum };

    private static bool IsCount(IOperation? tested) => tested is IPropertyReferenceOperation { Property: var property } && Shapes.Counts(property);
}
