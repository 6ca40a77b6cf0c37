using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>What becomes of started work where it is started.</summary>
internal enum Fate : byte
{
    /// <summary>Nobody can tell.</summary>
    Unknown,

    /// <summary>It is waited for at once.</summary>
    Joined,

    /// <summary>A variable stands for it.</summary>
    Kept,

    /// <summary>It is put with others.</summary>
    Collected,

    /// <summary>Whoever called the code gets it.</summary>
    Returned,

    /// <summary>Nobody has it.</summary>
    Dropped,
}

/// <summary>Follows started work from where it is started to where it is waited for.</summary>
internal sealed class Fates(Facts facts, Places places)
{
    /// <summary>The position behind everything.</summary>
    public const int Never = int.MaxValue;

    /// <summary>What becomes of a value that stands for work, and which local variable has it then.</summary>
    public (Fate Fate, ILocalSymbol? In) Of(IOperation work)
    {
        var value = work;
        for (var steps = 0; steps < 24 && value.Parent is { } outer; steps++)
            switch (outer)
            {
                case IConversionOperation or IParenthesizedOperation or IArrayInitializerOperation or IArrayCreationOperation or { Kind: Reader.CollectionExpression }:
                    value = outer;
                    break;
                case IInvocationOperation call when call.Instance == value:
                    if (OfCall(call) is { } ended)
                        return (ended, null);
                    value = call;
                    break;
                case IArgumentOperation { Parent: IInvocationOperation call } argument:
                    if (OfArgument(argument, call) is { } given)
                        return given;
                    value = call;
                    break;
                case IPropertyReferenceOperation property when property.Instance == value:
                    return (facts.About(property.Property, Effect.Blocks) is not null ? Fate.Joined : Fate.Unknown, null);
                default:
                    return OfValue(value, outer);
            }
        return default;
    }

    private static (Fate, ILocalSymbol?) OfValue(IOperation value, IOperation outer) => outer switch
    {
        IAwaitOperation => (Fate.Joined, null),
        IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation } => (Fate.Dropped, null),
        IReturnOperation { Kind: OperationKind.Return } => (Fate.Returned, null),
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } =>
            (Shapes.IsAwaited(local.Type) || value is IObjectCreationOperation ? Fate.Kept : Fate.Collected, local),
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } => (Fate.Kept, local),
        ISimpleAssignmentOperation { Target: IArrayElementReferenceOperation { ArrayReference: var array } } =>
            (Fate.Collected, (array as ILocalReferenceOperation)?.Local),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments.Length: 1, Instance: var list } } =>
            (Fate.Collected, (list as ILocalReferenceOperation)?.Local),
        IForEachLoopOperation => (Fate.Joined, null),
        _ => default,
    };

    /// <summary>A member of the work is called; null if it gives the same work back.</summary>
    private Fate? OfCall(IInvocationOperation call) =>
        facts.About(call.TargetMethod, call.Instance?.Type, Effect.Blocks) is not null ? Fate.Joined
        : Shapes.IsAwaited(call.Type!) || facts.About(call.TargetMethod, Effect.Same) is not null ? null
        : call.TargetMethod.ReturnsVoid ? Fate.Dropped
        : Fate.Unknown;

    private (Fate, ILocalSymbol?)? OfArgument(IArgumentOperation argument, IInvocationOperation call)
    {
        if (facts.About(call.TargetMethod, Effect.Combines) is { } combined)
            return combined.All ? null : (Fate.Joined, null);
        if (facts.About(call.TargetMethod, Effect.Blocks) is not null)
            return (Fate.Joined, null);
        if (Shapes.Adds(call.TargetMethod) && call.Instance is { } list)
            return (Fate.Collected, (list as ILocalReferenceOperation)?.Local);
        return call.TargetMethod.IsExtensionMethod && argument.Parameter?.Ordinal == 0
            ? call.TargetMethod.ReturnsVoid ? (Fate.Dropped, null)
                : Shapes.IsAwaited(call.Type!) || facts.About(call.TargetMethod, Effect.Enumerates) is not null ? null
                : default((Fate, ILocalSymbol?))
            : default((Fate, ILocalSymbol?));
    }

    /// <summary>Where in the source the work is waited for: at a use of what stands for it that may be a wait; at its start if nobody can tell. What follows the return of it never runs.</summary>
    public int Until(IOperation work) => Of(work) switch
    {
        (Fate.Unknown, _) => work.Syntax.SpanStart,
        (Fate.Joined, _) => EndOfWait(work),
        (Fate.Returned, _) => EndOfReturn(work),
        (_, { } local) => Until(local, work.Syntax.Span.End, depth: 0),
        _ => Never,
    };

    private static int EndOfWait(IOperation work)
    {
        var at = work;
        while (at is not IAwaitOperation
            && at.Parent is { } outer and not (IExpressionStatementOperation or IBlockOperation or IVariableInitializerOperation
                or IAnonymousFunctionOperation or IReturnOperation))
            at = outer;
        return at.Syntax.Span.End;
    }

    private static int EndOfReturn(IOperation work)
    {
        var end = Never;
        for (IOperation? at = work; at is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); at = at.Parent)
            if (at is IReturnOperation)
                end = at.Syntax.Span.End;
            else if (at is ITryOperation { Finally: not null })
                return Never;
        return end;
    }

    private int Until(ILocalSymbol local, int from, int depth)
    {
        var until = Never;
        if (depth < 4)
            foreach (var use in places.Definitions.UsesOf(local))
                if (use.Syntax.SpanStart >= from)
                    until = Math.Min(until, Joins(use, depth));
        return until;
    }

    /// <summary>A use of what stands for work: never, where it only asks, starts it or puts it with others.</summary>
    private int Joins(IOperation use, int depth) => use.Parent switch
    {
        IPropertyReferenceOperation property when property.Instance == use && facts.About(property.Property, Effect.Blocks) is null => Never,
        IInvocationOperation call when call.Instance == use
            && (Shapes.Adds(call.TargetMethod) || call.TargetMethod.ReturnsVoid && facts.About(call.TargetMethod, call.Instance?.Type, Effect.Blocks) is null) => Never,
        IArrayElementReferenceOperation { Parent: ISimpleAssignmentOperation assignment } element when assignment.Target == element => Never,
        IArrayElementReferenceOperation element => Joins(element, depth),
        ISimpleAssignmentOperation assignment when assignment.Target == use => Never,
        IArgumentOperation { Parent: IInvocationOperation race } when facts.About(race.TargetMethod, Effect.Combines) is { All: false } => Never,
        _ => Of(use) switch
        {
            (Fate.Dropped, _) => Never,
            (Fate.Collected, null) => Never,
            (Fate.Collected, { } other) => Until(other, use.Syntax.Span.End, depth + 1),
            _ => use.Syntax.SpanStart,
        },
    };

    /// <summary>The work has ended, as far as can be told, before the loop that starts it begins its next round.</summary>
    public bool EndsWithin(ILoopOperation loop, IOperation work)
    {
        var (fate, local) = Of(work);
        return fate switch
        {
            Fate.Dropped => IsLeft(loop, work) || MayWait(loop, work),
            Fate.Collected when local is null => false,
            Fate.Kept or Fate.Collected when local is not null && IsIn(local, loop) =>
                Until(local, work.Syntax.Span.End, depth: 0) is var until && until < loop.Syntax.Span.End && until != Never,
            Fate.Collected => places.Definitions.UsesOf(local!)
                .Any(use => use.Syntax.SpanStart > work.Syntax.Span.End && loop.Syntax.Span.Contains(use.Syntax.Span)
                    && Joins(use, depth: 0) != Never && IsInEveryRound(loop, use)),
            _ => true,
        };
    }

    private static bool IsIn(ILocalSymbol local, IOperation code) =>
        local.DeclaringSyntaxReferences is [var declaration, ..] && code.Syntax.Span.Contains(declaration.Span);

    /// <summary>What follows the start in its block leaves the loop.</summary>
    private static bool IsLeft(ILoopOperation loop, IOperation work)
    {
        IOperation at = work;
        while (at.Parent is not (null or IBlockOperation) && at != loop)
            at = at.Parent;
        return at != loop && at.Parent is IBlockOperation block
            && block.Operations.Last() is IReturnOperation or IBranchOperation { BranchKind: BranchKind.Break }
                or IExpressionStatementOperation { Operation: IThrowOperation } or IThrowOperation;
    }

    /// <summary>Behind the start the loop waits for something, which may be a sign that the work has ended.</summary>
    private bool MayWait(ILoopOperation loop, IOperation work) => loop.Descendants().Any(later =>
        later.Syntax.SpanStart > work.Syntax.Span.End
            && (later is IAwaitOperation || later is IInvocationOperation call && facts.About(call.TargetMethod, call.Instance?.Type, Effect.Blocks) is not null));

    /// <summary>Behind the start the function waits for something.</summary>
    public bool MayWaitBehind(IOperation work)
    {
        var root = work;
        while (root.Parent is { } outer && root is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
            root = outer;
        return root.Descendants().Any(later => later.Syntax.SpanStart > work.Syntax.Span.End
            && (later is IInvocationOperation call && facts.About(call.TargetMethod, call.Instance?.Type, Effect.Blocks) is not null));
    }

    private static bool IsInEveryRound(ILoopOperation loop, IOperation use)
    {
        IOperation? around = use;
        while (around is not (null or IConditionalOperation or ILoopOperation or ISwitchOperation))
            around = around.Parent;
        return around == loop;
    }
}
