using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>The code that control gets to only because a piece of state was found to have a value, or to have none.</summary>
internal sealed class Tested
{
    private readonly List<(Place Place, TextSpan Region, bool HasValue)> _regions = new();

    /// <summary>Notes a test; a reference that is no test is not noted.</summary>
    public bool Note(Place place, IOperation reference)
    {
        if (Says(reference, out var test) is not { } hasValue)
            return false;
        for (var at = test; at.Parent is { } outer; at = outer)
            switch (outer)
            {
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not }:
                    hasValue = !hasValue;
                    break;
                // Behind “a && b” both are true, behind “a || b” neither.
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr, OperatorKind: var kind } both:
                    Add(place, both.LeftOperand == at ? both.RightOperand : null, hasValue == (kind == BinaryOperatorKind.ConditionalAnd));
                    if (hasValue != (kind == BinaryOperatorKind.ConditionalAnd))
                        return true;
                    break;
                case IConditionalOperation branch when branch.Condition == at:
                    Branch(place, branch, hasValue);
                    return true;
                case IWhileLoopOperation loop when loop.Condition == at && loop.ConditionIsTop:
                    Add(place, loop.Body, hasValue);
                    return true;
                case IParenthesizedOperation or IConversionOperation:
                    break;
                default:
                    return true;
            }
        return true;
    }

    private void Branch(Place place, IConditionalOperation branch, bool hasValue)
    {
        Add(place, branch.WhenTrue, hasValue);
        Add(place, branch.WhenFalse, !hasValue);
        if (Branches.Leaves(branch.WhenTrue) && branch.Parent is IBlockOperation block)
            _regions.Add((place, TextSpan.FromBounds(branch.Syntax.Span.End, block.Syntax.Span.End), !hasValue));
    }

    private void Add(Place place, IOperation? region, bool hasValue)
    {
        if (region is not null)
            _regions.Add((place, region.Syntax.Span, hasValue));
    }

    /// <summary>Control is here only if the state had a value.</summary>
    public bool HasValue(Place place, TextSpan at) => _regions.Any(region => region.HasValue && region.Region.Contains(at) && region.Place.Equals(place));

    /// <summary>Control is here only if it had none.</summary>
    public bool HasNone(Place place, TextSpan at) => _regions.Any(region => !region.HasValue && region.Region.Contains(at) && region.Place.Equals(place));

    /// <summary>Whether the truth of the test that a reference is part of means that the state has a value; null if it is no test.</summary>
    private static bool? Says(IOperation reference, out IOperation test)
    {
        test = reference;
        while (test.Parent is IConversionOperation or IParenthesizedOperation)
            test = test.Parent;
        var value = test;
        switch (value.Parent)
        {
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison
                when Other(comparison, value).ConstantValue.HasValue:
                test = comparison;
                return comparison.OperatorKind == BinaryOperatorKind.Equals == Other(comparison, value).ConstantValue.Value is not (null or false or 0);
            case IIsPatternOperation { Pattern: var pattern } matched:
                test = matched;
                return HasValue(pattern);
            case IIsTypeOperation typed:
                test = typed;
                return true;
            case ICoalesceOperation or IConditionalAccessOperation:
                return null;
            default:
                return value.Type?.SpecialType == SpecialType.System_Boolean && IsCondition(value) ? true : null;
        }
    }

    private static bool HasValue(IPatternOperation matched) => matched switch
    {
        INegatedPatternOperation { Pattern: var other } => !HasValue(other),
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null or false or 0 } } => false,
        _ => true,
    };

    private static bool IsCondition(IOperation value) => value.Parent is
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not }
            or IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr }
        || value.Parent is IConditionalOperation branch && branch.Condition == value
        || value.Parent is IWhileLoopOperation loop && loop.Condition == value;

    private static IOperation Other(IBinaryOperation comparison, IOperation side) => comparison.LeftOperand == side ? comparison.RightOperand : comparison.LeftOperand;
}
