using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>What code has asked a concurrent collection about a key before it acts on the answer.</summary>
internal sealed class KeyTests(Model model, Places places)
{
    /// <summary>Longer chains of conditions are not followed.</summary>
    private const int MaxDepth = 8;

    /// <summary>A question about a key of a collection, and the answer by which control got here.</summary>
    /// <param name="Found">The variable that got the value.</param>
    internal sealed record Answer(IInvocationOperation Query, bool IsThere, ILocalSymbol? Found)
    {
        public IOperation Key => Query.Arguments[0].Value;
    }

    /// <summary>The nearest question about this key before an operation.</summary>
    public Answer? Before(IOperation act, Place on, IOperation key)
    {
        foreach (var (condition, value) in Branches.Before(act))
            foreach (var answer in Answers(condition, value, act, depth: 0))
                if (on.Equals(places.Of(answer.Query.Instance)) && IsSame(answer.Key, key) && !IsSetBetween(answer.Query, act, key))
                    return answer;
        return null;
    }

    /// <summary>The call asks this collection about this key.</summary>
    public bool IsAbout(IInvocationOperation call, Place on, IOperation key) =>
        Of(call) is not null && on.Equals(places.Of(call.Instance)) && IsSame(call.Arguments[0].Value, key);

    /// <summary>What a condition says that has this value.</summary>
    private IEnumerable<Answer> Answers(IOperation condition, bool value, IOperation act, int depth)
    {
        if (depth > MaxDepth)
            return [];
        return places.Bare(condition) switch
        {
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } => Answers(operand, !value, act, depth + 1),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when value =>
                Answers(both.LeftOperand, true, act, depth + 1).Concat(Answers(both.RightOperand, true, act, depth + 1)),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either when !value =>
                Answers(either.LeftOperand, false, act, depth + 1).Concat(Answers(either.RightOperand, false, act, depth + 1)),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison => Compared(comparison, value, act, depth),
            IIsPatternOperation { Value: var tested, Pattern: var pattern } => Matched(tested, pattern, value, act, depth),
            IInvocationOperation call => Of(call) is { } query ? [new(query, value, FoundBy(query))] : [],
            ILocalReferenceOperation { Local: var local } when places.Definitions.Of(local) is { } only => Answers(only, value, act, depth + 1),
            _ => [],
        };
    }

    private IEnumerable<Answer> Compared(IBinaryOperation comparison, bool value, IOperation act, int depth)
    {
        var equal = comparison.OperatorKind == BinaryOperatorKind.Equals == value;
        return places.Bare(comparison.RightOperand)?.ConstantValue switch
        {
            { HasValue: true, Value: bool truth } => Answers(comparison.LeftOperand, truth == equal, act, depth + 1),
            { HasValue: true, Value: null } => Missing(comparison.LeftOperand, !equal, act),
            _ => [],
        };
    }

    private IEnumerable<Answer> Matched(IOperation tested, IPatternOperation pattern, bool value, IOperation act, int depth) => pattern switch
    {
        INegatedPatternOperation { Pattern: var inner } => Matched(tested, inner, !value, act, depth),
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: null } } => Missing(tested, !value, act),
        IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool truth } } => Answers(tested, truth == value, act, depth + 1),
        _ => [],
    };

    /// <summary>A variable that a question filled is tested for being there.</summary>
    private IEnumerable<Answer> Missing(IOperation tested, bool isThere, IOperation act) =>
        places.Bare(tested) is ILocalReferenceOperation { Local: var local } && FillerOf(local, act) is { } query ? [new(query, isThere, local)] : [];

    /// <summary>The question, asked in a statement of its own, whose answer went into this variable.</summary>
    private IInvocationOperation? FillerOf(ILocalSymbol local, IOperation act)
    {
        foreach (var statement in Branches.EarlierStatements(act))
            if (statement is IExpressionStatementOperation { Operation: IInvocationOperation call } && Of(call) is { } query
                && SymbolEqualityComparer.Default.Equals(FoundBy(query), local))
                return query;
        return null;
    }

    /// <summary>The call if it asks a collection about a key.</summary>
    private IInvocationOperation? Of(IInvocationOperation call) =>
        call is { Instance: not null, Arguments.IsEmpty: false } && model.Facts.About(call.TargetMethod, Effect.Step) is { Kind: "test" or "find" } ? call : null;

    private static ILocalSymbol? FoundBy(IInvocationOperation query) => query.Arguments.Length < 2 ? null : query.Arguments[1].Value switch
    {
        ILocalReferenceOperation { Local: var local } => local,
        IDeclarationExpressionOperation { Expression: ILocalReferenceOperation { Local: var local } } => local,
        _ => null,
    };

    /// <summary>The same key, by the way it is written.</summary>
    public static bool IsSame(IOperation one, IOperation other) => one.Syntax.IsEquivalentTo(other.Syntax, topLevel: false);

    /// <summary>A variable in the key gets another value in between.</summary>
    private static bool IsSetBetween(IOperation from, IOperation to, IOperation key)
    {
        var variables = key.DescendantsAndSelf().Select(VariableOf).OfType<ISymbol>().ToList();
        return variables.Count > 0 && Branches.Function(to).Descendants().Any(operation =>
            operation.Syntax.SpanStart >= from.Syntax.Span.End && operation.Syntax.Span.End <= to.Syntax.SpanStart && TargetOf(operation) is { } target
                && variables.Contains(target, SymbolEqualityComparer.Default));
    }

    private static ISymbol? TargetOf(IOperation operation) => operation switch
    {
        IAssignmentOperation { Target: var target } => VariableOf(target),
        IIncrementOrDecrementOperation { Target: var target } => VariableOf(target),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Value: var target } => VariableOf(target),
        _ => null,
    };

    private static ISymbol? VariableOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation { Local: var local } => local,
        IParameterReferenceOperation { Parameter: var parameter } => parameter,
        _ => null,
    };
}
