using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Whether what follows an <c>await</c> runs beside other code: not where all of it comes back to one thread.</summary>
internal sealed class Confinement(Model model, ISymbol owner)
{
    private bool? _isConfined;

    /// <summary>The code runs while the code that started the function, and other runs of it, go on.</summary>
    public bool IsBeside(IOperation at, Run run)
    {
        if (!run.BeginsAsCall)
            return true;
        if (at.Parent is ICompoundAssignmentOperation { Value: var value } && value.DescendantsAndSelf().Any(static part => part is IAwaitOperation))
            return true;
        var awaits = OwnAwaits(run.Function).Where(await => await.Syntax.Span.End <= at.Syntax.SpanStart).ToList();
        return awaits.Count > 0 && (!ComesBack || awaits.Any(LeavesContext)) && !awaits.All(IsOver);
    }

    private static IEnumerable<IAwaitOperation> OwnAwaits(IOperation function) =>
        function.Descendants().OfType<IAwaitOperation>().Where(await => CapturedChanges.Around(await) == function);

    /// <summary>Nothing is waited for.</summary>
    private bool IsOver(IAwaitOperation await) =>
        await.Operation is IInvocationOperation call && model.Facts.About(call.TargetMethod, Effect.Completed) is not null
        || await.Operation is IPropertyReferenceOperation property && model.Facts.About(property.Property, Effect.Completed) is not null;

    /// <summary>Says that it need not come back.</summary>
    private bool LeavesContext(IAwaitOperation await) =>
        await.Operation is IInvocationOperation { Arguments: [{ Value.ConstantValue: { HasValue: true, Value: false } }] } view
            && model.Facts.About(view.TargetMethod, Effect.Same) is not null;

    /// <summary>What follows an await runs on the thread of what came before it.</summary>
    public bool ComesBack =>
        _isConfined ??= model.HasUserInterface || owner.ContainingType is { } type && model.Facts.About(type, Effect.Confined) is { Kind: not "request" };
}
