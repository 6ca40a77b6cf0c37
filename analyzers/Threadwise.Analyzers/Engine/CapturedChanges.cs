using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Finds the changes of captured variables that another change may come between, because runs of the same function, or of another, have the variable too.</summary>
internal sealed class CapturedChanges(Facts facts, Confinement confined)
{
    /// <summary>What each of several runs of one function changes though the others change it at the same time.</summary>
    public IEnumerable<CapturedUse> Of(Run run)
    {
        var uses = CapturedUse.In(run.Function, facts).Where(use => use.IsLocal && run.IsInCommon(use.Variable)).ToList();
        return uses
            .Where(use => IsTornApart(use, uses, run) && confined.IsBeside(use.At, run) && !IsOfFirst(use.At, run.Function) && !IsOfThread(use))
            .Select(use => use.Kind == UseKind.Write && !IsTested(use, run.Function) ? use with { IsScratch = true } : use);
    }

    /// <summary>What one of two functions changes, with a change by the other.</summary>
    public IEnumerable<(CapturedUse Change, CapturedUse Other, Run In)> Of(Run one, Run other)
    {
        var (here, there) = (Changes(one), Changes(other));
        foreach (var (change, run, others) in here.Select(change => (change, one, there)).Concat(there.Select(change => (change, other, here))))
            if (change.Kind == UseKind.Update && others.FirstOrDefault(use => IsSame(use, change)) is { } counterpart)
                yield return (change, counterpart, run);
    }

    /// <summary>What the code that started the function changes before it waits for it, or the function does meanwhile.</summary>
    public IEnumerable<(CapturedUse Change, CapturedUse Other)> OfBody(Run run, IOperation body)
    {
        var changes = Changes(run);
        if (changes.Count == 0)
            yield break;
        var around = Around(run.Start);
        foreach (var use in CapturedUse.In(body, facts))
            if (use is { IsLocal: true, Kind: UseKind.Update or UseKind.Write }
                && use.At.Syntax.SpanStart > run.Start.Syntax.Span.End && use.At.Syntax.SpanStart < run.Until
                && Around(use.At) == around && !Excludes(run.Start, use.At)
                && changes.FirstOrDefault(change => IsSame(use, change) && (change.Kind == UseKind.Update || use.Kind == UseKind.Update)) is { } change)
                yield return use.Kind == UseKind.Update ? (use, change) : (change, use);
    }

    private List<CapturedUse> Changes(Run run) => CapturedUse.In(run.Function, facts)
        .Where(use => use is { IsLocal: true, Kind: UseKind.Update or UseKind.Write } && use.Whole is not IArrayElementReferenceOperation && run.IsCaptured(use.Variable)
            && confined.IsBeside(use.At, run) && !IsOfFirst(use.At, run.Function) && !IsOfThread(use))
        .ToList();

    private static bool IsSame(CapturedUse one, CapturedUse other) => SymbolEqualityComparer.Default.Equals(one.Variable, other.Variable) && one.Name == other.Name;

    private static bool IsTornApart(CapturedUse use, List<CapturedUse> uses, Run run) => use.Kind switch
    {
        UseKind.Update => !Elements.AreDistinct(use, run),
        UseKind.Write when use.IsOfVariable && use.Whole.Parent is ISimpleAssignmentOperation { Value: { ConstantValue.HasValue: false } value } =>
            IsTested(use, run.Function) || IsOfRun(value, run) && IsReadLater(use, uses),
        _ => false,
    };

    /// <summary>The variable is compared first, and changed if that turns out so: <c>if (x > max) max = x;</c></summary>
    private static bool IsTested(CapturedUse use, IOperation function)
    {
        for (var around = use.At.Parent; around is not null && around != function; around = around.Parent)
            if (around is IConditionalOperation { Condition: var condition }
                && condition.DescendantsAndSelf()
                    .Any(part => part is IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual
                        or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual } comparison && Mentions(comparison, use.Variable)))
                return true;
        return false;
    }

    /// <summary>The value belongs to the run that writes it.</summary>
    private static bool IsOfRun(IOperation value, Run run) => value.DescendantsAndSelf().Any(part => VariableOf(part) is { } variable && !run.IsInCommon(variable));

    /// <summary>Used as if it were the run's own: written, and read again further down.</summary>
    private static bool IsReadLater(CapturedUse written, List<CapturedUse> uses) => uses.Any(use =>
        use.Kind == UseKind.Read && SymbolEqualityComparer.Default.Equals(use.Variable, written.Variable)
            && use.At.Syntax.SpanStart > written.Whole.Parent!.Syntax.Span.End
        && use.At.Parent is not (IBinaryOperation { RightOperand.ConstantValue: { HasValue: true, Value: null } } or IIsPatternOperation));

    /// <summary>Only one run comes here, for it was asked in one step who is the first or last.</summary>
    private bool IsOfFirst(IOperation at, IOperation function)
    {
        for (var around = at.Parent; around is not null && around != function; around = around.Parent)
            if (around is IConditionalOperation { Condition: var condition }
                && condition.DescendantsAndSelf().Any(part => part is IInvocationOperation call && facts.About(call.TargetMethod, Effect.Atomic) is { Kind: "update" }))
                return true;
        return false;
    }

    /// <summary>Every thread has a value of its own, or the object sees to it that it can be used by several.</summary>
    private bool IsOfThread(CapturedUse use) => use.Whole is IMemberReferenceOperation { Member: var member }
        && (facts.About(member, Effect.Owned) is not null || facts.About(member.ContainingType, Effect.ThreadSafe) is not null);

    private static bool Mentions(IOperation code, ISymbol variable) =>
        code.DescendantsAndSelf().Any(part => SymbolEqualityComparer.Default.Equals(VariableOf(part), variable));

    public static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation { Local: var local } => local,
        IParameterReferenceOperation { Parameter: var parameter } => parameter,
        _ => null,
    };

    public static IOperation? Around(IOperation operation)
    {
        var around = operation.Parent;
        while (around is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation))
            around = around.Parent;
        return around;
    }

    /// <summary>Where one of the two runs, the other does not: they stand in different branches.</summary>
    public static bool Excludes(IOperation one, IOperation other)
    {
        for (IOperation inner = one, around = one.Parent!; around is not null; (inner, around) = (around, around.Parent!))
            if (around.Syntax.Span.Contains(other.Syntax.Span))
                return around is IConditionalOperation branch && inner != branch.Condition || around is ISwitchOperation or ITryOperation { Catches.Length: > 0 };
        return false;
    }
}
