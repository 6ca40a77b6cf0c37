using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>What is done to a variable at one place.</summary>
internal enum UseKind : byte
{
    Read,

    /// <summary>It gets a value that has nothing to do with the one it had.</summary>
    Write,

    /// <summary>It gets a value that is computed from the one it had.</summary>
    Update,

    /// <summary>In one step, or where only the first to come gets.</summary>
    Safe,
}

/// <summary>A function uses a variable that is declared outside of it, or a member of the object in that variable.</summary>
/// <param name="At">The variable's name in the code.</param>
/// <param name="Whole">What is read or written: the variable, or a member or element of it.</param>
internal sealed record CapturedUse(ISymbol Variable, IOperation At, IOperation Whole, UseKind Kind)
{
    /// <summary>As it is written: <c>count</c>, <c>stats.Count</c>.</summary>
    public string Name => Whole.Syntax.ToString();

    /// <summary>Written for its own use and read again.</summary>
    public bool IsScratch { get; init; }

    /// <summary>The variable itself, or a part of the value in it.</summary>
    public bool IsOfVariable => Whole is not (IArrayElementReferenceOperation or IMemberReferenceOperation { Member.ContainingType.IsReferenceType: true });

    /// <summary>A variable of the method around, rather than a field.</summary>
    public bool IsLocal => Variable is ILocalSymbol or IParameterSymbol;

    /// <summary>Every use of a local, a parameter, a static field or a field of the instance within a function.</summary>
    public static IEnumerable<CapturedUse> In(IOperation function, Facts facts)
    {
        foreach (var operation in function.Descendants())
        {
            ISymbol? variable = operation.Kind switch
            {
                OperationKind.LocalReference => ((ILocalReferenceOperation)operation).Local,
                OperationKind.ParameterReference => ((IParameterReferenceOperation)operation).Parameter,
                OperationKind.FieldReference when operation is IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation,
                    Field: { IsConst: false } field } =>
                    field,
                _ => null,
            };
            if (variable is not null && !IsNamed(operation))
            {
                var whole = WholeOf(operation);
                yield return new(variable, operation, whole, KindOf(whole, variable, facts));
            }
        }
    }

    private static bool IsNamed(IOperation operation) => operation.Parent is INameOfOperation;

    /// <summary>The member or element that is meant in the end: <c>stats.Count</c>, <c>sums[k]</c>, <c>pair.Left</c>.</summary>
    private static IOperation WholeOf(IOperation reference)
    {
        var whole = reference;
        while (whole.Parent is { } outer && (outer is IFieldReferenceOperation { Field.IsStatic: false } field && field.Instance == whole
            || outer is IPropertyReferenceOperation { Arguments.IsEmpty: true } property && property.Instance == whole && IsChanged(property)
            || outer is IArrayElementReferenceOperation element && element.ArrayReference == whole))
            whole = outer;
        return whole;
    }

    private static bool IsChanged(IOperation reference) =>
        reference.Parent is IIncrementOrDecrementOperation or ICompoundAssignmentOperation
            || reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference;

    private static UseKind KindOf(IOperation whole, ISymbol variable, Facts facts) => whole.Parent switch
    {
        IIncrementOrDecrementOperation => UseKind.Update,
        ICompoundAssignmentOperation compound when compound.Target == whole => UseKind.Update,
        ICoalesceAssignmentOperation first when first.Target == whole => UseKind.Safe,
        ISimpleAssignmentOperation assignment when assignment.Target == whole =>
            IsComputedFrom(assignment.Value, whole, variable) ? IsFirst(assignment.Value) ? UseKind.Safe : UseKind.Update : UseKind.Write,
        ITupleOperation { Parent: IDeconstructionAssignmentOperation } => UseKind.Write,
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => argument is { Parameter.RefKind: RefKind.Out,
            Parent: IInvocationOperation call } && facts.About(call.TargetMethod, Effect.Atomic) is null ? UseKind.Write : UseKind.Safe,
        _ => UseKind.Read,
    };

    /// <summary>The value is made from the variable's own: <c>max = Math.Max(max, x)</c>.</summary>
    private static bool IsComputedFrom(IOperation value, IOperation whole, ISymbol variable) => value.DescendantsAndSelf().Any(part =>
        part.Syntax.ToString() == whole.Syntax.ToString() && part.Kind == whole.Kind
        && (whole is not (ILocalReferenceOperation or IParameterReferenceOperation) || SymbolOf(part)?.Equals(variable, SymbolEqualityComparer.Default) == true));

    private static ISymbol? SymbolOf(IOperation reference) =>
        (reference as ILocalReferenceOperation)?.Local ?? (ISymbol?)(reference as IParameterReferenceOperation)?.Parameter;

    /// <summary><c>x = x ?? y</c>: the first value stays.</summary>
    private static bool IsFirst(IOperation value) => value is ICoalesceOperation or IConversionOperation { Operand: ICoalesceOperation };
}
