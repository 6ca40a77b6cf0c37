using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>Code that neither fails nor takes time: values at hand, and calls that are known for it.</summary>
internal static class SureCode
{
    public static bool Is(Finding finding, SyntaxNode code) => finding.Model.GetOperation(code, finding.Cancel) is { } operation && Is(finding, operation);

    private static bool Is(Finding finding, IOperation operation) =>
        operation.ConstantValue.HasValue || operation is ILocalFunctionOperation or IAnonymousFunctionOperation
            || MayStand(finding, operation) && operation.ChildOperations.All(inner => Is(finding, inner));

    private static bool MayStand(Finding finding, IOperation operation) => operation switch
    {
        IConversionOperation conversion => conversion is { IsImplicit: true, OperatorMethod: null },
        IFieldReferenceOperation field => field.Instance is null or IInstanceReferenceOperation,
        IPropertyReferenceOperation property => NeverFails(finding, property.Property),
        IInvocationOperation call => NeverFails(finding, call.TargetMethod),
        IObjectCreationOperation { Constructor: { } constructor, Initializer: null } => NeverFails(finding, constructor),
        _ => operation is IVariableDeclarationGroupOperation or IVariableDeclarationOperation or IVariableDeclaratorOperation or IVariableInitializerOperation
            or IExpressionStatementOperation or ISimpleAssignmentOperation or IReturnOperation { Kind: OperationKind.Return }
            or IEmptyOperation or IArgumentOperation or IDiscardOperation
            or ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation or IDefaultValueOperation or IDelegateCreationOperation,
    };

    private static bool NeverFails(Finding finding, ISymbol member) => finding.Facts.About(member, Effect.NoThrow) is not null;
}
