using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Engine;

/// <summary>The conditions that decided that control came to an operation: those it stands under, and those before it that lead elsewhere.</summary>
internal static class Branches
{
    /// <summary>Each condition with the value it had, the nearest first; as far as the function goes.</summary>
    public static IEnumerable<(IOperation Condition, bool Value)> Before(IOperation operation)
    {
        for (IOperation child = operation; child.Parent is { } outer && !IsFunction(child); child = outer)
            switch (outer)
            {
                case IConditionalOperation branch when child == branch.WhenTrue || child == branch.WhenFalse:
                    yield return (branch.Condition, child == branch.WhenTrue);
                    break;
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } chain when child == chain.RightOperand:
                    yield return (chain.LeftOperand, chain.OperatorKind == BinaryOperatorKind.ConditionalAnd);
                    break;
                case IWhileLoopOperation { ConditionIsTop: true, ConditionIsUntil: false, Condition: { } condition } loop when child == loop.Body:
                    yield return (condition, true);
                    break;
                case IBlockOperation or ISwitchCaseOperation:
                    foreach (var passed in Earlier(outer, child).OfType<IConditionalOperation>())
                        if (passed.WhenTrue is { } then && Leaves(then) && passed.WhenFalse is null or IConditionalOperation)
                            yield return (passed.Condition, false);
                        else if (passed.WhenFalse is { } otherwise && Leaves(otherwise))
                            yield return (passed.Condition, true);
                    break;
            }
    }

    /// <summary>The statements that ran before this one, in the blocks around it; the nearest first.</summary>
    public static IEnumerable<IOperation> EarlierStatements(IOperation operation)
    {
        for (var child = operation; child.Parent is { } outer && !IsFunction(child); child = outer)
            if (outer is IBlockOperation or ISwitchCaseOperation)
                foreach (var earlier in Earlier(outer, child))
                    yield return earlier;
    }

    /// <summary>The statements that come after this one in its own block.</summary>
    public static IEnumerable<IOperation> LaterStatements(IOperation operation) =>
        Statement(operation) is { Parent: { } block } statement ? Children(block).SkipWhile(other => other != statement).Skip(1) : [];

    /// <summary>The statement of a block that an operation is part of.</summary>
    public static IOperation? Statement(IOperation operation)
    {
        for (IOperation? child = operation; child is not null && !IsFunction(child); child = child.Parent)
            if (child.Parent is IBlockOperation or ISwitchCaseOperation)
                return child;
        return null;
    }

    /// <summary>The function an operation is part of, as far as it is its own.</summary>
    public static IOperation Function(IOperation operation)
    {
        while (operation.Parent is { } outer && !IsFunction(operation))
            operation = outer;
        return operation;
    }

    /// <summary>The operations of the code itself, without functions in it.</summary>
    public static IEnumerable<IOperation> Own(IOperation code)
    {
        var pending = new Stack<IOperation>();
        pending.Push(code);
        while (pending.Count > 0)
        {
            var operation = pending.Pop();
            yield return operation;
            if (operation.Kind is not (OperationKind.AnonymousFunction or OperationKind.LocalFunction or OperationKind.NameOf))
                foreach (var child in operation.ChildOperations)
                    pending.Push(child);
        }
    }

    /// <summary>Control does not get past the statement.</summary>
    public static bool Leaves(IOperation statement) => statement switch
    {
        IReturnOperation or IThrowOperation or IBranchOperation => true,
        IExpressionStatementOperation { Operation: IThrowOperation } => true,
        IBlockOperation { Operations: { IsEmpty: false } all } => Leaves(all[all.Length - 1]),
        _ => false,
    };

    public static bool IsFunction(IOperation operation) =>
        operation.Kind is OperationKind.AnonymousFunction or OperationKind.LocalFunction or OperationKind.MethodBody or OperationKind.ConstructorBody;

    private static IEnumerable<IOperation> Earlier(IOperation block, IOperation child) => Children(block).TakeWhile(other => other != child).Reverse();

    private static IEnumerable<IOperation> Children(IOperation block) =>
        block is IBlockOperation { Operations: var statements } ? statements : ((ISwitchCaseOperation)block).Body;
}
