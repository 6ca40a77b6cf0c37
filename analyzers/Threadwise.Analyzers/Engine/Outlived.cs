using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Finds what work uses though it goes on longer than that: objects that are disposed of meanwhile, and what belongs to a request.</summary>
internal sealed class Outlived(Facts facts, Runs runs)
{
    /// <summary>The first use of each object that the code around disposes of, by a <c>using</c>, without waiting for the work.</summary>
    public IEnumerable<CapturedUse> Scopes(Run run)
    {
        if (run.IsJoined || run.IsOneOfSeveral)
            yield break;
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var use in CapturedUse.In(run.Function, facts))
            if (use.Variable is ILocalSymbol local && run.IsCaptured(local) && facts.About(local.Type, Effect.Idle) is null && !seen.Contains(local)
                && ScopeOf(local, run.Start) is { } scope
                && IsLeft(run, scope) && runs.Confined.IsBeside(use.At, run) && seen.Add(local))
                yield return use;
    }

    /// <summary>What disposes of the variable's object when control leaves it.</summary>
    private static IOperation? ScopeOf(ILocalSymbol local, IOperation start)
    {
        for (var around = start.Parent; around is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); around = around.Parent)
            if (around is IUsingOperation { Locals: var locals } && locals.Contains(local, SymbolEqualityComparer.Default)
                || around is IBlockOperation block
                    && block.Operations.Any(statement => statement is IUsingDeclarationOperation { DeclarationGroup: var declared }
                        && declared.Declarations.Any(declaration => declaration.Declarators.Any(variable => variable.Symbol.Equals(local,
                            SymbolEqualityComparer.Default)))))
                return around;
        return null;
    }

    /// <summary>Control leaves the scope and has waited for nothing since it started the work.</summary>
    private bool IsLeft(Run run, IOperation scope) =>
        runs.Fates.Of(run.Start).Fate is var fate and not (Fate.Unknown or Fate.Joined) && (fate == Fate.Returned || run.Until >= scope.Syntax.Span.End)
        && !scope.Descendants().Any(later => later.Syntax.SpanStart >= run.Start.Syntax.SpanStart && !run.Function.Syntax.Span.Contains(later.Syntax.Span)
            && (later is IAwaitOperation || later is IInvocationOperation call && facts.About(call.TargetMethod, call.Instance?.Type, Effect.Blocks) is not null));

    /// <summary>What belongs to a request, in work that nobody waits for: its context, and in a type made for it what allows one operation at a time.</summary>
    public IEnumerable<(IOperation At, ITypeSymbol Type)> OfRequest(Run run, INamedTypeSymbol? owner)
    {
        if (run.IsJoined || run.IsOneOfSeveral || run.Among == run.Function || runs.Fates.Of(run.Start).Fate != Fate.Dropped || runs.Fates.MayWaitBehind(run.Start))
            yield break;
        var serves = owner is not null && facts.About(owner, Effect.Confined) is { Kind: "request" };
        var seen = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        foreach (var operation in run.Function.Descendants())
            if (operation.Type is { } type && IsTaken(operation, run)
                && (facts.About(type, Effect.Confined) is { Kind: "request" }
                    || (serves && operation is IFieldReferenceOperation || operation is IParameterReferenceOperation { Parameter: var given } && IsForRequest(given, run.Start))
                        && facts.About(type, Effect.Unsafe) is { All: true })
                && runs.Confined.IsBeside(operation, run) && seen.Add(type))
                yield return (operation, type);
    }

    /// <summary>A parameter of a function that answers requests: made for one of them.</summary>
    private bool IsForRequest(IParameterSymbol parameter, IOperation within)
    {
        IOperation? at = within;
        while (at is not null && !(at is IAnonymousFunctionOperation { Symbol: var function } && SymbolEqualityComparer.Default.Equals(function, parameter.ContainingSymbol)))
            at = at.Parent;
        while (at is IAnonymousFunctionOperation or IDelegateCreationOperation or IConversionOperation)
            at = at.Parent;
        return at is IArgumentOperation { Parent: IInvocationOperation call } && facts.About(call.TargetMethod, Effect.Starts) is { Kind: "request" };
    }

    /// <summary>Found in a variable of the code around, or in a member of the instance.</summary>
    private static bool IsTaken(IOperation operation, Run run) => operation switch
    {
        ILocalReferenceOperation { Local: var local } => run.IsCaptured(local),
        IParameterReferenceOperation { Parameter: var parameter } => run.IsCaptured(parameter),
        IFieldReferenceOperation { Instance: IInstanceReferenceOperation } or IPropertyReferenceOperation { Instance: IInstanceReferenceOperation } => true,
        _ => false,
    };
}
