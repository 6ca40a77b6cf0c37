using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Engine;

/// <summary>Which elements of a common array the runs of one function touch: each its own, or the same.</summary>
internal static class Elements
{
    /// <summary>By the index, no two runs touch the same element; or nobody can tell.</summary>
    public static bool AreDistinct(CapturedUse use, Run run)
    {
        for (var at = use.At.Parent; at is not null && at != use.Whole.Parent; at = at.Parent)
            if (at is IArrayElementReferenceOperation element && element.Indices.Any(index => !IsCommon(index, use, run)))
                return true;
        return false;
    }

    /// <summary>Several runs come to the same index: it is theirs in common, many values give the same, or it is looked up to count by.</summary>
    private static bool IsCommon(IOperation index, CapturedUse use, Run run)
    {
        var bare = Bare(index);
        var isOwn = false;
        foreach (var part in bare.DescendantsAndSelf())
            if (part is IInvocationOperation or IPropertyReferenceOperation or IAwaitOperation or IIncrementOrDecrementOperation)
                return false;
            else if (CapturedChanges.VariableOf(part) is { } variable)
                isOwn |= !run.IsInCommon(variable);
        return !isOwn
            || bare is IBinaryOperation { OperatorKind: BinaryOperatorKind.Remainder or BinaryOperatorKind.And }
            || bare is IArrayElementReferenceOperation && use.Whole.Parent is IIncrementOrDecrementOperation;
    }

    private static IOperation Bare(IOperation index)
    {
        while (index is IConversionOperation or IParenthesizedOperation)
            index = index.ChildOperations.First();
        return index;
    }
}
