using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>A pipe of a process is read.</summary>
/// <param name="IsToEnd">Until the process closes it.</param>
/// <param name="IsWaitedFor">What comes next happens only when it is read.</param>
internal sealed record Drain(Place Process, string Pipe, bool IsToEnd, bool IsWaitedFor, TextSpan Span) : Event(Span), IAsked;

/// <summary>Control goes on when the process has ended.</summary>
/// <param name="IsTimed">Or when the time is up: what has ended by then keeps no reader of its pipes waiting.</param>
internal sealed record Exit(Place Process, bool IsTimed, TextSpan Span) : Event(Span);

// Processes: waited for, and their output read.
internal sealed partial class Reader
{
    /// <summary>A pipe is named: what is done with it, here or by the variable it is stored in?</summary>
    private void Piped(Fact fact, IPropertyReferenceOperation pipe)
    {
        NeedsPaths = true;
        if (Places.Of(pipe.Instance) is not { } process || pipe.Parent is IVariableInitializerOperation)
            return;
        if (pipe.Parent is ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } && Places.Definitions.Of(local) is not null)
            return;
        Into.Add(pipe.Parent is IInvocationOperation call && call.Instance == pipe
            ? Drained(process, fact.Kind, call)
            : new Drain(process, fact.Kind, IsToEnd: true, IsWaitedFor: false, pipe.Syntax.Span));
    }

    /// <summary>A call that waits for a process, or reads one of its pipes.</summary>
    private void Processed(IInvocationOperation call, Fact fact)
    {
        if (fact.Effect == Effect.Ends && IsWaitedFor(call) && Places.Of(call.Instance) is { } waited)
            Into.Add(new Exit(waited, fact.Timeout is not null, call.Syntax.Span));
        else if (fact is { Effect: Effect.Drains, Kind: not "" } && Places.Of(call.Instance) is { } process)
            Into.Add(new Drain(process, fact.Kind, IsToEnd: true, IsWaitedFor: false, call.Syntax.Span));
        else if (fact.Effect == Effect.Drains && call.Instance is ILocalReferenceOperation { Local: var local }
            && Places.Bare(Places.Definitions.Of(local)) is IPropertyReferenceOperation pipe && Facts.About(pipe.Property, Effect.Pipes) is { } stored
            && Places.Of(pipe.Instance) is { } owner)
            Into.Add(Drained(owner, stored.Kind, call));
    }

    private Drain Drained(Place process, string pipe, IInvocationOperation call) =>
        new(process, pipe, Facts.About(call.TargetMethod, Effect.Drains) is not null, IsWaitedFor(call), call.Syntax.Span);

    /// <summary>The call itself does the work, or its task is awaited or waited for on the spot.</summary>
    private bool IsWaitedFor(IInvocationOperation call)
    {
        if (!IsAwaitable(call.TargetMethod.ReturnType))
            return true;
        var outer = call.Parent;
        while (outer is IConversionOperation || outer is IInvocationOperation view && Facts.About(view.TargetMethod, Effect.Same) is not null)
            outer = outer.Parent;
        return outer is IAwaitOperation
            || outer is IInvocationOperation wait && Facts.About(wait.TargetMethod, Effect.Blocks) is not null
            || outer is IPropertyReferenceOperation result && Facts.About(result.Property, Effect.Blocks) is not null;
    }
}
