using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// Methods of both kinds: which half callers ask for.
internal sealed partial class Reader
{
    /// <summary><c>LoadCore(async: false)</c>: its caller asked for the synchronous half, which returns a completed task.</summary>
    private static bool IsAskedToBeSynchronous(IInvocationOperation call) => call.Arguments.Any(argument =>
        argument is { Value: IFieldReferenceOperation { Field: var option } } && Shapes.IsAtHand(option)
        || argument is { Parameter: { Type.SpecialType: SpecialType.System_Boolean } parameter, Value.ConstantValue: { HasValue: true, Value: bool value } }
        && SelectsAsynchronous(parameter.Name) == !value);

    /// <summary>Whether true in a parameter of this name selects the asynchronous half; null if it selects nothing.</summary>
    private static bool? SelectsAsynchronous(string name) =>
        name.IndexOf("async", StringComparison.OrdinalIgnoreCase) >= 0 ? true
        : name.IndexOf("sync", StringComparison.OrdinalIgnoreCase) >= 0 ? false
        : null;

    /// <summary>In async code control may go the way of a caller who asked for synchronous execution.</summary>
    public void Branched(IConditionalOperation branch) =>
        NeedsPaths |= InAsync && (SelectsAsynchronous(branch.Condition) is not null
            || branch.Condition is IUnaryOperation or IBinaryOperation && branch.Condition.Descendants().Any(part => SelectsAsynchronous(part) is not null));

    /// <summary>Whether true of this value selects the asynchronous half; null if it selects nothing.</summary>
    private static bool? SelectsAsynchronous(IOperation value) => value switch
    {
        IParameterReferenceOperation { Parameter: { Type.SpecialType: SpecialType.System_Boolean, Name: var name } } => SelectsAsynchronous(name),
        // Locals that the compiler makes have no name.
        IFieldReferenceOperation { Field: { Type.SpecialType: SpecialType.System_Boolean, Name: var name } } when IsMode(name) => SelectsAsynchronous(name),
        IPropertyReferenceOperation { Property: { Type.SpecialType: SpecialType.System_Boolean, Name: var name } } when IsMode(name) => SelectsAsynchronous(name),
        ILocalReferenceOperation { Local: { Type.SpecialType: SpecialType.System_Boolean, Name: { } name } } when IsMode(name) => SelectsAsynchronous(name),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals,
            RightOperand: IFieldReferenceOperation { Field: { IsConst: true, ContainingType.TypeKind: TypeKind.Enum, Name: var name } } } comparison
            when SelectsAsynchronous(name) is { } selects => selects == (comparison.OperatorKind == BinaryOperatorKind.Equals),
        IIsPatternOperation { Pattern: IConstantPatternOperation { Value: IFieldReferenceOperation { Field: { IsConst: true,
            ContainingType.TypeKind: TypeKind.Enum, Name: var name } } } } =>
            SelectsAsynchronous(name),
        _ => null,
    };

    private static bool IsMode(string name) => name.EndsWith("sync", StringComparison.OrdinalIgnoreCase);
}
