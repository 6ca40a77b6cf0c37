using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>A place that takes the value a variable has, and does no more with it: it could as well get the value from a property.</summary>
internal static class ValueRead
{
    public static bool Is(Finding finding, ExpressionSyntax use) => use.Parent is not MemberBindingExpressionSyntax && !IsQuoted(finding, use)
        && finding.Model.GetOperation(use, finding.Cancel) is (IFieldReferenceOperation or ILocalReferenceOperation) and { } read && IsTaken(finding, read);

    /// <summary>What it is for is decided elsewhere, by code that reads it as it is written.</summary>
    private static bool IsQuoted(Finding finding, ExpressionSyntax use) => use.Ancestors().Any(node => node is QueryExpressionSyntax
        || node is AnonymousFunctionExpressionSyntax
            && finding.Model.GetTypeInfo(node, finding.Cancel).ConvertedType is { Name: "Expression", ContainingNamespace.Name: "Expressions" });

    private static bool IsTaken(Finding finding, IOperation value) => !IsReference(value.Syntax) && value.Parent switch
    {
        IArgumentOperation { Parameter.RefKind: RefKind.None } or IInterpolationOperation or ICoalesceOperation or IIsPatternOperation or IIsTypeOperation
            or IConditionalOperation or IReturnOperation or ISymbolInitializerOperation
            or IArrayInitializerOperation or ISwitchOperation or ISwitchExpressionOperation or ISwitchExpressionArmOperation or IPatternCaseClauseOperation
                or ICatchClauseOperation or IWhileLoopOperation or IForLoopOperation or IWithOperation => true,
        IConversionOperation { OperatorMethod: null, Conversion.IsIdentity: true } same => IsTaken(finding, same),
        IConversionOperation { OperatorMethod: var method } => TakesValues(method),
        IBinaryOperation { OperatorMethod: var method } => TakesValues(method),
        IUnaryOperation { OperatorMethod: var method } => TakesValues(method),
        ISimpleAssignmentOperation { IsRef: false } assignment => assignment.Value == value,
        ICompoundAssignmentOperation change => change.Value == value && TakesValues(change.OperatorMethod),
        ICoalesceAssignmentOperation filling => filling.Value == value,
        IDeconstructionAssignmentOperation split => split.Value == value && IsFixed(finding, value.Type),
        ITupleOperation tuple => !IsTarget(tuple),
        IConditionalAccessOperation access => access.Operation == value,
        IForEachLoopOperation loop => loop.Collection == value && IsFixed(finding, value.Type),
        IAwaitOperation => IsFixed(finding, value.Type),
        IMethodReferenceOperation => true,
        IInvocationOperation { TargetMethod: var method } => Leaves(finding, value.Type, method),
        IFieldReferenceOperation part => !IsTarget(part) && (part.Type is { IsReferenceType: true } ? !IsGiven(part) : IsTaken(finding, part)),
        IPropertyReferenceOperation { Property: { RefKind: RefKind.None, GetMethod: { } getter } } part => !IsTarget(part) && Leaves(finding, value.Type, getter),
        _ => false,
    };

    private static bool IsReference(SyntaxNode value) => value.Parent is ParenthesizedExpressionSyntax outer ? IsReference(outer) : value.Parent is RefExpressionSyntax;

    private static bool IsGiven(IOperation part) =>
        IsReference(part.Syntax) || part.Parent is IArgumentOperation { Parameter: not { RefKind: RefKind.None } } or IAddressOfOperation;

    private static bool IsTarget(IOperation place) => place.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == place,
        ITupleOperation tuple => IsTarget(tuple),
        IForEachLoopOperation loop => loop.LoopControlVariable == place,
        IIncrementOrDecrementOperation => true,
        _ => false,
    };

    private static bool TakesValues(IMethodSymbol? method) => method is null || method.Parameters.All(static parameter => parameter.RefKind == RefKind.None);

    /// <summary>A call that cannot change the value it is made on.</summary>
    private static bool Leaves(Finding finding, ITypeSymbol? type, IMethodSymbol method) => type is not ITypeParameterSymbol { IsReferenceType: false }
        && !method.ReturnsByRef && !method.ReturnsByRefReadonly && (method.IsReadOnly || IsFixed(finding, method.ContainingType));

    private static bool IsFixed(Finding finding, ITypeSymbol? type) => type is { IsReferenceType: true } or { IsReadOnly: true } or INamedTypeSymbol { IsTupleType: true }
        || type is { IsValueType: true } && finding.Facts.About(type.OriginalDefinition, Effect.Immutable) is not null;
}
