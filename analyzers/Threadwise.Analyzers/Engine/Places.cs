using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Which place an expression of one member means, through aliases, conversions, simple getters and the captures of a control-flow graph.</summary>
internal sealed class Places(ISymbol owner, Model model, Func<Definitions> define, CancellationToken cancel)
{
    /// <summary>Longer chains of aliases are not followed.</summary>
    private const int MaxSteps = 12;

    private Dictionary<CaptureId, IOperation?> Captured => field ??= new();

    public Definitions Definitions => field ??= define();

    /// <summary>Notes what a flow capture stands for; one that is assigned on several paths stands for nothing.</summary>
    public void Capture(IFlowCaptureOperation capture) =>
        Captured[capture.Id] = Captured.ContainsKey(capture.Id) ? null : capture.Value;

    public Place? Of(IOperation? value) => Of(value, steps: 0);

    private Place? Of(IOperation? value, int steps)
    {
        if (++steps > MaxSteps)
            return null;
        return Bare(value) switch
        {
            IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, Type: { } type } => Place.This(type),
            IFieldReferenceOperation { Field: { IsConst: false } field } reference => field.IsStatic ? Place.OfStatic(field) : Of(reference.Instance, steps)?.Then(field),
            IPropertyReferenceOperation { Arguments.IsEmpty: true } reference => Of(reference, steps),
            IParameterReferenceOperation { Parameter: var parameter } => IsState(parameter) ? Place.This(parameter.ContainingType).Then(parameter) : Place.Of(parameter),
            ILocalReferenceOperation { Local: var local } => Definitions.Of(local) is { } only && IsAlias(only) && Of(only, steps) is { } known ? known : Place.Of(local),
            ITypeOfOperation { TypeOperand: var type } => Place.TypeOf(type),
            IInvocationOperation { Instance: { } receiver } call when model.Facts.About(call.TargetMethod, Effect.Same) is { On: Fact.Receiver } => Of(receiver, steps),
            IInvocationOperation { Arguments.IsEmpty: true } call when Getter.Promised(call.TargetMethod) is { } member =>
                member.IsStatic ? Place.OfStatic(member) : Of(call.Instance, steps)?.Then(member),
            _ => null,
        };
    }

    private Place? Of(IPropertyReferenceOperation reference, int steps) =>
        model.Behind(reference.Property, cancel) is not { } member ? null
        : member.IsStatic ? Place.OfStatic(member)
        : Of(reference.Instance, steps)?.Then(member);

    /// <summary>The value itself, without conversions and captures around it.</summary>
    public IOperation? Bare(IOperation? value)
    {
        for (var steps = 0; steps < MaxSteps && Inner(value) is { } inner; steps++)
            value = inner;
        return value;
    }

    /// <summary>A value goes into a box on its way.</summary>
    public bool IsBoxed(IOperation? value)
    {
        for (var steps = 0; steps < MaxSteps && Inner(value) is { } inner; steps++)
            if (value is IConversionOperation { Type.IsReferenceType: true } && inner.Type is { IsValueType: true })
                return true;
            else
                value = inner;
        return false;
    }

    private IOperation? Inner(IOperation? value) => value switch
    {
        IConversionOperation { OperatorMethod: null } conversion => conversion.Operand,
        IFlowCaptureReferenceOperation reference when Captured.TryGetValue(reference.Id, out var captured) => captured,
        IParenthesizedOperation parenthesized => parenthesized.Operand,
        _ => null,
    };

    /// <summary>The task an expression is a view of: without awaiters, ConfigureAwait and aliases that are assigned once.</summary>
    public IOperation? Task(IOperation? value)
    {
        for (var steps = 0; steps < MaxSteps; steps++)
            switch (value = Bare(value))
            {
                case IInvocationOperation { Instance: { } receiver } call when model.Facts.About(call.TargetMethod, Effect.Same) is { On: Fact.Receiver }:
                    value = receiver;
                    break;
                case ILocalReferenceOperation { Local: var local } when Definitions.Of(local) is IInvocationOperation or IConversionOperation or IAwaitOperation:
                    value = Definitions.Of(local);
                    break;
                default:
                    return value;
            }
        return value;
    }

    /// <summary>A primary constructor's parameter used in another member is state of the instance.</summary>
    private bool IsState(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor
        && owner is IMethodSymbol && !SymbolEqualityComparer.Default.Equals(constructor, owner);

    private static bool IsAlias(IOperation value) => value is
        IFieldReferenceOperation or IPropertyReferenceOperation or IParameterReferenceOperation or ILocalReferenceOperation
        or IInstanceReferenceOperation or IConversionOperation or IInvocationOperation or ITypeOfOperation;
}
