using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Where nobody asks whether a step on a concurrent collection succeeded, though what comes next takes it for granted; see <see cref="Unanswered"/>.</summary>
internal sealed class UnansweredSteps(Facts facts, Places places, StoredValues values)
{
    public Unanswered? At(IInvocationOperation call, string kind, Place on)
    {
        if (call.Parent is not IExpressionStatementOperation statement)
            return null;
        return kind switch
        {
            "add" or "remove" or "replace" when (kind == "add" || IsAll(statement)) && SaysYes(call) is { } returns =>
                new(on, call.TargetMethod, $"the caller is told that it was {(kind == "add" ? "added" : kind + "d")}", returns.Syntax.Span, call.Syntax.Span),
            "add" when TakenAway(call, on) is { } taken =>
                new(on, call.TargetMethod, "in the end it is taken away, though another thread may have put it there", taken.Syntax.Span, call.Syntax.Span),
            "add" when call.Arguments.Length > 1 && values.Matters(call.Arguments[1].Value, call)
                && UseAfter(call.Arguments[1].Value, statement) is { } use =>
                    new(on, call.TargetMethod, $"'{use.Syntax}' is used, which may not be the one that is in it", use.Syntax.Span, call.Syntax.Span),
            "remove" or "take" when Received(call) is { } local && FirstUse(local, statement) is { } use && IsTakenForGranted(use) =>
                new(on, call.TargetMethod, $"'{local.Name}' is used, which is null when there was none", use.Syntax.Span, call.Syntax.Span),
            _ => null,
        };
    }

    /// <summary>The function begins with it: otherwise what was done before may be what succeeded.</summary>
    private static bool IsAll(IOperation statement) =>
        statement.Parent is IBlockOperation { Operations: [var first, ..], Parent: IMethodBodyBaseOperation or ILocalFunctionOperation } && first == statement;

    /// <summary>The next statement returns that it succeeded.</summary>
    private IReturnOperation? SaysYes(IInvocationOperation call) =>
        Branches.LaterStatements(call).FirstOrDefault() is IReturnOperation { ReturnedValue: { } value } returns
        && (places.Bare(value) is IInvocationOperation { Arguments: [{ Value: var inner }] } done && facts.About(done.TargetMethod, Effect.Completed) is not null
            ? inner
            : value).ConstantValue is { HasValue: true, Value: true } ? returns : null;

    /// <summary>What the <c>finally</c> of the next statement removes: the same key of the same collection.</summary>
    private IOperation? TakenAway(IInvocationOperation call, Place on) =>
        Branches.LaterStatements(call).FirstOrDefault() is ITryOperation { Finally: { } end }
            ? end.Descendants().OfType<IInvocationOperation>()
                .FirstOrDefault(removal => facts.About(removal.TargetMethod, Effect.Step) is { Kind: "remove" } && on.Equals(places.Of(removal.Instance))
                    && KeyTests.IsSame(removal.Arguments[0].Value, call.Arguments[0].Value))
            : null;

    private static ILocalSymbol? Received(IInvocationOperation call) => call.Arguments.Length == 0 ? null : call.Arguments[call.Arguments.Length - 1].Value switch
    {
        IDeclarationExpressionOperation { Expression: ILocalReferenceOperation { Local: { Type.IsReferenceType: true } local } } => local,
        ILocalReferenceOperation { Local: { Type.IsReferenceType: true } local } => local,
        _ => null,
    };

    private IOperation? UseAfter(IOperation value, IOperation statement) =>
        places.Bare(value) is ILocalReferenceOperation { Local: var local } && FirstUse(local, statement) is { } use
            && use.Parent is IReturnOperation or IConversionOperation { Parent: IReturnOperation } ? use : null;

    private IOperation? FirstUse(ILocalSymbol local, IOperation statement) =>
        places.Definitions.UsesOf(local).Where(use => use.Syntax.SpanStart >= statement.Syntax.Span.End).OrderBy(static use => use.Syntax.SpanStart).FirstOrDefault();

    /// <summary>A member of it is used without a look at whether it is there.</summary>
    private static bool IsTakenForGranted(IOperation use) => use.Parent switch
    {
        IInvocationOperation call => call.Instance == use,
        IMemberReferenceOperation member => member.Instance == use,
        _ => false,
    };
}
