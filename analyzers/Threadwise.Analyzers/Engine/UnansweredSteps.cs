using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Engine;

/// <summary>Where nobody asks whether a step on a concurrent collection succeeded, though what comes next takes it for granted; see <see cref="Unanswered"/>.</summary>
internal sealed class UnansweredSteps(Places places, StoredValues values)
{
    public Unanswered? At(IInvocationOperation call, string kind, Place on)
    {
        if (call.Parent is not IExpressionStatementOperation statement)
            return null;
        return kind switch
        {
            "add" when Branches.LaterStatements(call).FirstOrDefault() is IReturnOperation { ReturnedValue.ConstantValue: { HasValue: true, Value: true } } returns => new(on, call.TargetMethod, "the caller is told that it was added", returns.Syntax.Span, call.Syntax.Span),
            "add" when call.Arguments.Length > 1 && values.Matters(call.Arguments[1].Value, call) && UseAfter(call.Arguments[1].Value, statement) is { } use => new(on, call.TargetMethod, $"'{use.Syntax}' is used, which may not be the one that is in it", use.Syntax.Span, call.Syntax.Span),
            "remove" or "take" when Received(call) is { } local && FirstUse(local, statement) is { } use && IsTakenForGranted(use) => new(on, call.TargetMethod, $"'{local.Name}' is used, which is null when there was none", use.Syntax.Span, call.Syntax.Span),
            _ => null,
        };
    }

    private static ILocalSymbol? Received(IInvocationOperation call) => call.Arguments.Length == 0 ? null : call.Arguments[call.Arguments.Length - 1].Value switch
    {
        IDeclarationExpressionOperation { Expression: ILocalReferenceOperation { Local: { Type.IsReferenceType: true } local } } => local,
        ILocalReferenceOperation { Local: { Type.IsReferenceType: true } local } => local,
        _ => null,
    };

    private IOperation? UseAfter(IOperation value, IOperation statement) =>
        places.Bare(value) is ILocalReferenceOperation { Local: var local } && FirstUse(local, statement) is { } use && use.Parent is IReturnOperation or IConversionOperation { Parent: IReturnOperation } ? use : null;

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
