using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Marks that the first to come sets in one step, before it has made what the mark stands for; see <see cref="BrokenCheck"/>.</summary>
internal sealed class OnceMarks(Model model, Places places)
{
    /// <summary>A call that sets a mark, if those who find it set go on without what is made then, or leave.</summary>
    public BrokenCheck? At(IInvocationOperation call, Fact fact)
    {
        if (call.Arguments.Length <= fact.On + 1 || places.Of(call.Arguments[fact.On].Value) is not { IsOfInstanceOrStatic: true } mark
            || call.Arguments[fact.On + 1].Value.ConstantValue is not { HasValue: true, Value: not (null or 0 or false) } || Decided(call) is not var (choice, isFirst))
            return null;
        var (first, rest) = (isFirst ? choice.WhenTrue : choice.WhenFalse, Branches.LaterStatements(choice).ToList());
        var (making, others) = first is not null ? (new List<IOperation> { first }, rest)
            : choice.WhenTrue is { } late && Branches.Leaves(late) ? (rest, new List<IOperation> { late })
            : (new(), new());
        foreach (var made in making.SelectMany(static step => Branches.Own(step)).OfType<ISimpleAssignmentOperation>())
            if (made is { Target: IFieldReferenceOperation { Field.Type.IsReferenceType: true } target, Value.ConstantValue.HasValue: false }
                && places.Of(target) is { IsOfInstanceOrStatic: true, Path.Length: 1 } place)
                if (IsUsedUnready(others, place))
                    return new(Misfit.Once, mark, place.ToString(), call.Syntax.Span, choice.Condition.Syntax.Span) { Made = place };
                else if (others is [{ } left] && left == choice.WhenTrue
                    && !Branches.Own(left).Any(static part => part is IInvocationOperation or IThrowOperation or IAwaitOperation))
                    return new(Misfit.OnceForCallers, mark, place.ToString(), call.Syntax.Span, choice.Condition.Syntax.Span) { Made = place };
        return null;
    }

    /// <summary>The choice between the first and all others, and whether its condition is true for the first.</summary>
    private (IConditionalOperation Choice, bool IsFirst)? Decided(IInvocationOperation call) =>
        call.Parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals,
            RightOperand.ConstantValue: { HasValue: true, Value: 0 or false }, Parent: IConditionalOperation choice } comparison && choice.Condition == comparison
            ? (choice, ((IBinaryOperation)call.Parent).OperatorKind == BinaryOperatorKind.Equals)
            : null;

    /// <summary>It is returned, or a member of it is used, and nothing was waited for before.</summary>
    private bool IsUsedUnready(List<IOperation> steps, Place made)
    {
        foreach (var part in steps.SelectMany(static step => Branches.Own(step)))
            if (part is IAwaitOperation or ILoopOperation
                || part is IInvocationOperation call && model.Facts.About(call.TargetMethod, call.Instance?.Type, Effect.Blocks) is not null)
                return false;
            else if (part is IFieldReferenceOperation && made.Equals(places.Of(part)))
                return part.Parent is IReturnOperation or IConversionOperation { Parent: IReturnOperation }
                    || part.Parent is IInvocationOperation used && used.Instance == part || part.Parent is IMemberReferenceOperation member && member.Instance == part;
        return false;
    }

    /// <summary>Who calls the body uses what it made, whoever was the first, and waits for nothing in between; and it has no other value.</summary>
    public static bool AreReliedOn(TypeModel type, Body body, BrokenCheck check) => EarlyStarts.HasNoOtherValue(type.Bodies, body, check.Made!)
        && (check.How == Misfit.Once || check.How == Misfit.Unordered && EarlyStarts.ReadIn(body, check.Made!, outside: check.Then) is not null
            || type.Entry.CallersOf(body).Any(caller => Relies(type, caller, body, check.Made!)));

    private static bool Relies(TypeModel type, Body caller, Body made, Place place)
    {
        var called = false;
        foreach (var e in caller.Events)
            if (e is Call call && ReferenceEquals(type.BodyOf(call.Target), made))
                called = true;
            else if (called && e is Await or Block)
                return false;
            else if (called && e is Access access && access.Place.Equals(place))
                return access is { IsChange: false, Shape: not Shape.Test, IsTested: false, IfAny: false };
        return false;
    }
}
