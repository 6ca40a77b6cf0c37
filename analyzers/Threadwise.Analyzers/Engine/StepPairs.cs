using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Where one step on a concurrent collection depends on another before it, though others may come between; see <see cref="StepPair"/>.</summary>
internal sealed class StepPairs(Model model, Places places)
{
    private readonly KeyTests _tests = new(model, places);
    private readonly StoredValues _values = new(model, places);

    private UnansweredSteps Unasked => field ??= new(model.Facts, places, _values);

    /// <summary>The value of a key is read or replaced.</summary>
    public IReadOnlyList<Event> At(IPropertyReferenceOperation item)
    {
        if (model.Facts.About(item.Property, Effect.Step) is not { Kind: "item" } || Sharing.Of(model, places, item.Instance) is not { } on)
            return [];
        return item.Parent switch
        {
            ISimpleAssignmentOperation put when put.Target == item =>
                With(new Turnover(on, Comes: true, item.Syntax.Span), Renewed(put, item, on) ?? Inserted(put, item, on)),
            ICompoundAssignmentOperation or IIncrementOrDecrementOperation =>
                With(null, new StepPair(Pair.Renew, on, item.Property, item.Syntax.Span, item.Property, item.Syntax.Span)),
            IAssignmentOperation => [],
            _ => With(null, Fetched(item, on)),
        };
    }

    /// <summary>A step by a call.</summary>
    public IReadOnlyList<Event> At(IInvocationOperation call, string kind)
    {
        if (kind is "test" or "find" or "list" || Sharing.Of(model, places, call.Instance) is not { } on)
            return [];
        if (kind == "replace")
            return With(null, Unasked.At(call, kind, on));
        var turnover = new Turnover(on, kind is "add" or "insert" or "supply", call.Syntax.Span);
        if (kind == "supply")
            return [turnover, .. Suppliers.At(model, on, call.TargetMethod.Name, on.ToString(), call.Arguments)];
        return With(turnover, kind switch
        {
            "add" or "insert" => Added(call, kind, on) ?? (Event?)Unasked.At(call, kind, on),
            "remove" => Withdrawn(call, on) ?? (Event?)Unasked.At(call, kind, on),
            "take" => Unasked.At(call, kind, on),
            "clear" => Drained(call, on),
            _ => null,
        });
    }

    private static IReadOnlyList<Event> With(Event? turnover, Event? pair) =>
        turnover is null ? pair is null ? [] : [pair] : pair is null ? [turnover] : [turnover, pair];

    /// <summary><c>d[k] = d[k] + 1</c>, or with what was read into a variable before.</summary>
    private StepPair? Renewed(ISimpleAssignmentOperation put, IPropertyReferenceOperation item, Place on)
    {
        var key = item.Arguments[0].Value;
        var value = _values.Of(put.Value, put);
        foreach (var part in value is null ? [] : value.DescendantsAndSelf())
            if (IsItem(part, on, key))
                return part == value ? null : Pair(Engine.Pair.Renew, on, (IPropertyReferenceOperation)part);
            else if (part is IInvocationOperation { Arguments.Length: 2 } query && _tests.IsAbout(query, on, key))
                return new(Engine.Pair.Renew, on, query.TargetMethod, query.Syntax.Span, item.Property, item.Syntax.Span);
            else if (part is ILocalReferenceOperation { Local: var local } && part != places.Bare(value)
                && part.Parent is not IArgumentOperation { Parameter.RefKind: RefKind.Out })
            {
                if (_tests.Before(put, on, key) is { IsThere: true, Found: { } found } answer
                    && SymbolEqualityComparer.Default.Equals(found, local) && !IsMutated(value!, part))
                    return new(Engine.Pair.Renew, on, answer.Query.TargetMethod, answer.Query.Syntax.Span, item.Property, item.Syntax.Span);
                if (places.Definitions.Of(local) is { } only && IsItem(places.Bare(only)!, on, key))
                    return Pair(Engine.Pair.Renew, on, (IPropertyReferenceOperation)places.Bare(only)!);
            }

        return null;

        StepPair Pair(Pair pair, Place place, IPropertyReferenceOperation read) => new(pair, place, read.Property, read.Syntax.Span, item.Property, item.Syntax.Span);
    }

    /// <summary>The value is only asked for something that does not depend on what it is.</summary>
    private static bool IsMutated(IOperation value, IOperation part) => value is ILocalReferenceOperation && value == part;

    private bool IsItem(IOperation operation, Place on, IOperation key) =>
        operation is IPropertyReferenceOperation { Arguments.Length: 1 } read && model.Facts.About(read.Property, Effect.Step) is { Kind: "item" }
        && KeyTests.IsSame(read.Arguments[0].Value, key) && on.Equals(places.Of(read.Instance));

    private StepPair? Inserted(ISimpleAssignmentOperation put, IPropertyReferenceOperation item, Place on) =>
        _tests.Before(put, on, item.Arguments[0].Value) is { IsThere: false } answer && _values.Matters(put.Value, put)
            ? new(Pair.Insert, on, answer.Query.TargetMethod, answer.Query.Syntax.Span, item.Property, item.Syntax.Span)
            : null;

    /// <summary>By a call that fails if somebody was faster, or that does nothing then and is not asked.</summary>
    private StepPair? Added(IInvocationOperation call, string kind, Place on) =>
        call.Parent is IExpressionStatementOperation && _tests.Before(call, on, call.Arguments[0].Value) is { IsThere: false } answer
        && (kind == "insert" || _values.Matters(call.Arguments[1].Value, call) && _values.IsUsedAfter(call.Arguments[1].Value, call))
            ? new(Pair.Insert, on, answer.Query.TargetMethod, answer.Query.Syntax.Span, call.TargetMethod, call.Syntax.Span)
            : null;

    private StepPair? Fetched(IPropertyReferenceOperation item, Place on) =>
        _tests.Before(item, on, item.Arguments[0].Value) is { IsThere: true } answer
            ? new(Pair.Fetch, on, answer.Query.TargetMethod, answer.Query.Syntax.Span, item.Property, item.Syntax.Span)
            : null;

    /// <summary>What is removed is thought to be what was looked at.</summary>
    private StepPair? Withdrawn(IInvocationOperation call, Place on) =>
        call.Arguments.Length == 2 && _values.IsDropped(call.Arguments[1].Value)
        && _tests.Before(call, on, call.Arguments[0].Value) is { IsThere: true, Found: { } found } answer
        && Branches.Before(call).Any(branch => LooksAt(branch.Condition, found))
            ? new(Pair.Withdraw, on, answer.Query.TargetMethod, answer.Query.Syntax.Span, call.TargetMethod, call.Syntax.Span)
            : null;

    /// <summary>The condition asks more of a variable than whether there is anything in it.</summary>
    private static bool LooksAt(IOperation condition, ILocalSymbol local) => condition.DescendantsAndSelf().Any(part =>
        part is ILocalReferenceOperation { Local: var used } && SymbolEqualityComparer.Default.Equals(used, local)
        && part.Parent is not (IArgumentOperation { Parameter.RefKind: RefKind.Out } or IDeclarationExpressionOperation)
        && !IsNullTest(part.Parent is IConversionOperation conversion ? conversion.Parent : part.Parent));

    private static bool IsNullTest(IOperation? test) =>
        test is IBinaryOperation { RightOperand: { } right }
            && (right.ConstantValue is { HasValue: true, Value: null } || right is IConversionOperation { Operand.ConstantValue: { HasValue: true, Value: null } })
        || test is IIsPatternOperation;

    /// <summary>What the collection held was listed in the same block for somebody.</summary>
    private StepPair? Drained(IInvocationOperation call, Place on)
    {
        if (Branches.Statement(call) is not { } statement)
            return null;
        foreach (var earlier in Branches.EarlierStatements(call).Where(earlier => earlier.Parent == statement.Parent).OfType<IVariableDeclarationGroupOperation>())
            foreach (var part in earlier.Descendants())
                if (ListOf(part) is { } list && on.Equals(places.Of(list.Instance)))
                    return new(Pair.Drain, on, list.Member, part.Syntax.Span, call.TargetMethod, call.Syntax.Span);
        return null;
    }

    private (IOperation Instance, ISymbol Member)? ListOf(IOperation operation) => operation switch
    {
        IInvocationOperation { Instance: { } instance, TargetMethod: var method } when model.Facts.About(method, Effect.Step) is { Kind: "list" } => (instance, method),
        IInvocationOperation { Instance: null, Arguments: [var copied, ..], TargetMethod: var method } when model.Facts.About(method, Effect.Sizes) is not null =>
            (places.Bare(copied.Value)!, method),
        IPropertyReferenceOperation { Instance: { } instance, Property: var property } when model.Facts.About(property, Effect.Step) is { Kind: "list" } =>
            (instance, property),
        _ => null,
    };
}
