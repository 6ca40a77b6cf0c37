using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Engine;

/// <summary>Finds the variables of loops that work started in the loop reads when the loop has gone on.</summary>
internal static class LoopVariables
{
    /// <summary>The uses of a <c>for</c> variable in a function that runs beside the loop.</summary>
    public static IEnumerable<CapturedUse> In(Run run, Knowledge.Facts facts, Confinement confined, Fates fates)
    {
        for (var around = run.Start.Parent; around is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation) && !run.IsJoined; around = around.Parent)
            if (around is IForLoopOperation loop && !fates.EndsWithin(loop, run.Start))
            {
                foreach (var use in CapturedUse.In(run.Function, facts))
                    if (loop.Locals.Contains(use.Variable, SymbolEqualityComparer.Default) && confined.IsBeside(use.At, run) && !IsNamed(use.At))
                        yield return use;
            }
    }

    private static bool IsNamed(IOperation at) => at.Parent is INameOfOperation;
}
