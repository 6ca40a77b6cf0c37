using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// Locks that are values: where one becomes two.
internal sealed partial class Reader
{
    /// <summary>The member's file names a lock that is a value.</summary>
    public bool SeesCopies { get; } = model.NamesLockValues(owner);

    /// <summary>Storage that holds such a lock is read as a value.</summary>
    public void Copied(IOperation operation)
    {
        if (operation.Type is { IsValueType: true } type && IsStorage(operation) && IsTakenAsValue(operation) && Facts.About(type, Effect.Lock) is not null)
            Remarks.Add(new LockCopy(operation.Syntax.ToString(), operation.Syntax.Span));
    }

    private static bool IsStorage(IOperation operation) => operation switch
    {
        ILocalReferenceOperation or IFieldReferenceOperation or IParameterReferenceOperation or IArrayElementReferenceOperation => true,
        IPropertyReferenceOperation { Property: { RefKind: not RefKind.None } } => true,
        IInvocationOperation { TargetMethod: { RefKind: not RefKind.None } } => true,
        _ => false,
    };

    private bool IsTakenAsValue(IOperation operation) => operation.Parent switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: RefKind.None } } => true,
        ISimpleAssignmentOperation { IsRef: false } assignment => assignment.Value == operation,
        IArgumentOperation { Parameter.RefKind: RefKind.None } => true,
        IConversionOperation { Type.IsReferenceType: true } => true,
        IReturnOperation { Kind: OperationKind.Return } => owner is IMethodSymbol { RefKind: RefKind.None },
        _ => false,
    };
}
