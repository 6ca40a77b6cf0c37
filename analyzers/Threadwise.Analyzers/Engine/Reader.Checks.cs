using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// Tests before a lock statement: what led to it, and whether that is still so inside.
internal sealed partial class Reader
{
    /// <summary>A test without which control would not have come to a lock statement.</summary>
    /// <param name="Asked">The question that was asked of the state, where it was a call.</param>
    private readonly record struct Lead(IOperation Tested, Place Place, State Found, IMethodSymbol? Asked);

    /// <summary>In longer blocks nobody looks for what led to a statement.</summary>
    private const int MaxStatements = 200;

    private void Checked(ILockOperation statement)
    {
        if (Places.Of(statement.LockedValue) is not { } taken)
            return;
        foreach (var lead in LeadsTo(statement))
            Remark(new SectionBehindTest(model, Places, statement, lead.Place, taken, lead.Tested.Syntax.Span), lead);
        Split(statement, taken);
    }

    private void Remark(SectionBehindTest section, Lead lead)
    {
        if (section.Misfit(lead.Found) is { } misfit)
            Remarks.Add(misfit);
        else if ((section.Unrepeated(lead.Found, lead.Asked) ?? (lead.Asked is null ? section.Filled(lead.Found) : null)) is { } unrepeated)
            Remarks.Add(unrepeated);
    }

    /// <summary>The tests in the statements around it and before it, up to the next lock or function.</summary>
    private IEnumerable<Lead> LeadsTo(ILockOperation statement)
    {
        for (IOperation inner = statement; inner.Parent is { } outer and not (ILockOperation or IAnonymousFunctionOperation or ILocalFunctionOperation); inner = outer)
            foreach (var lead in LeadsFrom(outer, inner))
                yield return lead;
    }

    private IEnumerable<Lead> LeadsFrom(IOperation outer, IOperation inner) => outer switch
    {
        IConditionalOperation choice when choice.Condition != inner => Leads(choice.Condition, choice.WhenTrue == inner),
        IWhileLoopOperation { ConditionIsTop: true, ConditionIsUntil: false, Condition: { } condition } loop when loop.Body == inner => Leads(condition, true),
        IBlockOperation { Operations.Length: <= MaxStatements } block => block.Operations.TakeWhile(before => before != inner).OfType<IConditionalOperation>()
            .Where(static before => before.WhenFalse is null && Branches.Leaves(before.WhenTrue)).SelectMany(before => Leads(before.Condition, false)),
        _ => Enumerable.Empty<Lead>(),
    };

    private IEnumerable<Lead> Leads(IOperation condition, bool value) => Places.Bare(condition) switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } => Leads(operand, !value),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both =>
            both.OperatorKind == BinaryOperatorKind.ConditionalAnd == value
                ? Leads(both.LeftOperand, value).Concat(Leads(both.RightOperand, value))
                : Enumerable.Empty<Lead>(),
        ILocalReferenceOperation { Local: var answer } when Places.Definitions.Of(answer) is { } asked && LockAround(asked) is null => Leads(asked, value),
        { } single when LeadOf(single, value) is { } lead => [lead],
        _ => Enumerable.Empty<Lead>(),
    };

    /// <summary>A member of this type, or what is in the container or the missing value there.</summary>
    private Lead? LeadOf(IOperation condition, bool value)
    {
        var (tested, found) = Tested(condition, value);
        var asked = (IMethodSymbol?)null;
        if (Places.Bare(tested) is IInvocationOperation { Instance: { } container } call && Facts.About(call.TargetMethod, Effect.Reads) is not null)
            (tested, asked) = (container, call.TargetMethod);
        else if (Places.Bare(tested) is IPropertyReferenceOperation { Property.Name: Shapes.Has, Instance: { Type.IsValueType: true } missing })
            tested = missing;
        return found is not null && Places.Bare(tested) is { Type: not null } state
            && Places.Of(state) is { Path.Length: 1, IsOfInstanceOrStatic: true, Member: IFieldSymbol or IPropertySymbol } place && IsNear(place.Member!)
            ? new Lead(state, place, found, asked)
            : null;
    }
}
