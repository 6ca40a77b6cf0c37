using System.Globalization;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Engine;

/// <summary>Finds parallel loops in which one run touches an element that is written by the run before or after it.</summary>
internal static class Neighbours
{
    /// <summary>Uses of another run's elements, with the write of such an element by the run that it belongs to.</summary>
    public static IEnumerable<(IOperation Use, IOperation Write)> In(Run run)
    {
        if (run.Among != run.Function || run.Symbol.Parameters is not [{ Type.SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 } own, ..])
            yield break;
        var elements = run.Function.Descendants().Select(operation => Of(operation, own, run)).OfType<Element>().ToList();
        foreach (var use in elements)
            if (use.Offset != 0 && elements.FirstOrDefault(write => write.IsWritten && write.Array == use.Array && write.Position == use.Position
                && write.Offset != use.Offset) is { } write)
                yield return (use.Operation, write.Operation);
    }

    /// <param name="Array">The array as it is written.</param>
    /// <param name="Position">Which of its indices depends on the run.</param>
    private sealed record Element(IOperation Operation, string Array, int Position, long Offset, bool IsWritten);

    private static Element? Of(IOperation operation, IParameterSymbol own, Run run)
    {
        var (array, indices) = operation switch
        {
            IArrayElementReferenceOperation element => (element.ArrayReference, element.Indices),
            IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } list, Arguments: [var index] } property
                when Knowledge.Shapes.IsPositional(property.Property.ContainingType) =>
                (list, ImmutableArray.Create(index.Value)),
            _ => (null, ImmutableArray<IOperation>.Empty),
        };
        if (array is null || !IsCommon(array, run))
            return null;
        for (var i = 0; i < indices.Length; i++)
            if (OffsetOf(indices[i], own) is { } offset)
                return new(operation, array.Syntax.ToString(), i, offset, IsWritten(operation));
        return null;
    }

    /// <summary>The array itself is the same in all runs.</summary>
    private static bool IsCommon(IOperation array, Run run) =>
        array is (ILocalReferenceOperation or IParameterReferenceOperation or IFieldReferenceOperation)
            && array.DescendantsAndSelf().All(part => CapturedChanges.VariableOf(part) is not { } variable || run.IsInCommon(variable));

    /// <summary><c>i</c> is 0, <c>i - 1</c> is -1; null for anything else.</summary>
    private static long? OffsetOf(IOperation index, IParameterSymbol own) => index switch
    {
        IConversionOperation conversion => OffsetOf(conversion.Operand, own),
        IParenthesizedOperation inner => OffsetOf(inner.Operand, own),
        IParameterReferenceOperation reference => SymbolEqualityComparer.Default.Equals(reference.Parameter, own) ? 0 : null,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract, RightOperand.ConstantValue: { HasValue: true, Value: { } by } } sum
            when OffsetOf(sum.LeftOperand, own) is { } offset =>
            sum.OperatorKind == BinaryOperatorKind.Add
                ? offset + Convert.ToInt64(by, CultureInfo.InvariantCulture)
                : offset - Convert.ToInt64(by, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static bool IsWritten(IOperation element)
    {
        var whole = element;
        while (whole.Parent is IArrayElementReferenceOperation outer && outer.ArrayReference == whole || whole.Parent is IFieldReferenceOperation)
            whole = whole.Parent;
        return whole.Parent is IAssignmentOperation assignment && assignment.Target == whole || whole.Parent is IIncrementOrDecrementOperation;
    }
}
