using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// What a race needs two steps for: a test and what follows from it.
internal sealed partial class Reader
{
    /// <summary>A member is called that demands a lock of its callers.</summary>
    private void Demanded(IMethodSymbol method, IOperation? instance, IOperation at)
    {
        if (model.IsAnnotated && model.Guards.RequiredBy(method) is not null)
            Into.Add(new Demand(method, method.IsStatic ? null : Places.Of(instance), IsFresh(instance, at), at.Syntax.Span));
    }

    /// <summary>An event is used: its handlers may be gone since somebody looked.</summary>
    private void Raised(IEventReferenceOperation reference)
    {
        if (RacyRaise.Of(reference) is { } raise)
            Into.Add(raise);
    }

    private readonly bool _hasSlots = model.HasThreadSlots(Outermost(owner.ContainingType));
    private readonly SharedObjects.Candidates? _sharedObjects = model.SharedObjects.Of(Outermost(owner.ContainingType));

    /// <summary>A member is read or written of which each thread has its own, or that all threads share though they must not.</summary>
    private void Kept(ISymbol member, IOperation? instance, IOperation reference)
    {
        if (_hasSlots && SlotOf(member, instance) is { } slot)
        {
            NeedsPaths |= InAsync;
            Into.Add(new SlotUse(slot, IsWritten(reference), IsTested(reference), reference.Syntax.Span)
                { Clears = reference.Parent is ISimpleAssignmentOperation { Value.ConstantValue: { HasValue: true, Value: null or 0 or false } } });
        }

        Returned(ViewOf(reference), reference, isQuery: false);
        if (_sharedObjects?.Has(member) == true && HandlingOf(reference) is { } handling)
            Into.Add(new SharedUse(member, handling, reference.Syntax.Span));
    }

    private static Place? Own(ISymbol member) => member.IsStatic ? Place.OfStatic(member) : Place.This(member.ContainingType).Then(member);

    /// <summary>A member has its initial value.</summary>
    private void Begun(ISymbol member, IOperation value)
    {
        Created(Own(member), value);
        if (_sharedObjects?.Has(member) == true && Stored(value) is { } handling)
            Into.Add(new SharedUse(member, handling, value.Syntax.Span));
    }

    private ISymbol? SlotOf(ISymbol member, IOperation? instance) =>
        member.IsStatic ? ThreadSlots.IsMarked(member) ? member : null
        : member is IPropertySymbol property && Shapes.IsOfThread(property) && Places.Of(instance) is { IsOfInstanceOrStatic: true, Member: { } holder } ? holder
        : null;

    private static bool IsTested(IOperation reference) => reference.Parent is
        ICoalesceOperation or ICoalesceAssignmentOperation or IIsNullOperation or IIsPatternOperation or IConditionalAccessOperation
            or IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } or IFlowCaptureOperation
        || reference.Parent is IConversionOperation { Parent: IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } };

    private Handling? HandlingOf(IOperation reference) => reference.Parent switch
    {
        IAssignmentOperation assignment when assignment.Target == reference => Stored(assignment.Value),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => Handling.StoresOther,
        IInvocationOperation call when call.Instance == reference => ChangesByCall(call) ? Handling.Uses : null,
        IPropertyReferenceOperation { Property: var value } when Shapes.IsLazyValue(value) => Handling.Uses,
        IPropertyReferenceOperation { Parent: IAssignmentOperation assignment } member when assignment.Target == member => Handling.Uses,
        _ => null,
    };

    private bool ChangesByCall(IInvocationOperation call) =>
        Facts.About(call.TargetMethod, Effect.Writes) is not null
            || call.Instance?.Type is { } type && (Facts.About(type, Effect.Unsafe) is { All: true } || SharedObjects.IsStateful(Facts, type))
                && !Shapes.Disposes(call.TargetMethod) && !Shapes.IsOfObject(call.TargetMethod);

    /// <summary>Null is nothing; what only here can be known not to be safe is made here, by code that is not ours.</summary>
    private Handling? Stored(IOperation value) => Places.Bare(value) switch
    {
        { ConstantValue: { HasValue: true, Value: null } } => null,
        IObjectCreationOperation { Type: { } made, Arguments: var arguments } when Shapes.IsLazy(made) =>
            arguments.Any(static argument => argument.Parameter is { } parameter && Shapes.IsForOneThread(parameter.Type, argument.Value.ConstantValue))
                ? Handling.Stores
                : Handling.StoresOther,
        IObjectCreationOperation { Type: { DeclaringSyntaxReferences.IsEmpty: true } made } when SharedObjects.IsUnsafe(Facts, made) => Handling.Stores,
        IObjectCreationOperation { Type: { DeclaringSyntaxReferences.IsEmpty: false } made } when SharedObjects.IsStateful(Facts, made)
            || SharedObjects.IsHeir(Facts, made) => Handling.Stores,
        IInvocationOperation { TargetMethod: { IsStatic: true, DeclaringSyntaxReferences.IsEmpty: true, ReturnType: var made } maker }
            when SharedObjects.IsUnsafe(Facts, made) && Facts.About(maker, Effect.ThreadSafe) is null => Handling.Stores,
        _ => Handling.StoresOther,
    };
}
