using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// Work that other threads do: what starts it, and whether its starter waits for it.
internal sealed partial class Reader
{
    /// <summary>What becomes of a function that is used as a value.</summary>
    private Escape Escaped(IMethodSymbol function, bool deferred, IOperation? outer, IOperation reference)
    {
        var start = Starting(outer);
        return new Escape(function, deferred, reference.Syntax.Span)
        {
            IsStarted = start is not null,
            IsRepeated = start is { Many: true },
            OnPool = start is { Kind: "pool" } && !HasOwnThread(outer),
            By = start is { Kind: "turn", Many: false } or { Kind: "thread" } || StarterOf(outer) is not { } by || Facts.About(by, Effect.Starts) is null ? null : by,
            IsDormant = outer is IArgumentOperation { Parent: IObjectCreationOperation { Arguments: var given } }
                && given.Any(static argument => argument.Value.ConstantValue is { HasValue: true, Value: -1 }
                    || argument.Value is IFieldReferenceOperation { Field: var time } && Shapes.IsNever(time)),
            RunsBeside = start is { Kind: "pool" } or { Many: true } || outer is IEventAssignmentOperation || IsLeftAlone(outer),
            Begun = start is { Kind: "thread" } && outer is IArgumentOperation { Parent: IObjectCreationOperation thread } ? BeginOf(thread) : null,
            IsJoined = start is not null && IsJoined(start, outer),
            OutlivesLock = _statements > 0 && OutlivesLock(outer, reference),
            IsSideBySide = start is not null
                && (start is { Many: true, IsConstructor: false, Kind: not "turn" } && StarterOf(outer) is IMethodSymbol || IsInLoop(reference)),
        };
    }

    /// <summary>It is returned out of the lock statement around it, or put into a local that only code behind that uses.</summary>
    private bool OutlivesLock(IOperation? outer, IOperation reference)
    {
        var around = reference.Parent;
        while (around is not (null or ILockOperation or IAnonymousFunctionOperation or ILocalFunctionOperation))
            around = around.Parent;
        return around is ILockOperation && (outer is IReturnOperation
            || StoredIn(outer) is { } local && Places.Definitions.UsesOf(local).All(use => IsWritten(use) || !around.Syntax.Span.Contains(use.Syntax.Span)));
    }

    /// <summary>It is to follow work that others began, and nobody waits for it: when it runs, whoever asked for it goes on.</summary>
    private bool IsLeftAlone(IOperation? outer) =>
        outer is IArgumentOperation { Parent: IInvocationOperation { Instance: IParameterReferenceOperation
            or IInvocationOperation { Instance: not (null or IInstanceReferenceOperation) } } call }
        && call.Parent is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation }
        && Facts.About(call.TargetMethod, Effect.Defers) is { GivesCompleted: true }
        && !call.Arguments.Any(static argument => argument.Parameter is { } option && Shapes.Schedules(option.Type))
        && !(call.Instance is IInvocationOperation { TargetMethod: var before }
            && (Facts.About(before, Effect.Starts) ?? Facts.About(before, Effect.Defers)) is not null);

    /// <summary>Where a thread is told to begin: at once, or by the variable or member that it is put in.</summary>
    private TextSpan? BeginOf(IObjectCreationOperation thread)
    {
        bool Begins(IOperation call) =>
            call is IInvocationOperation { TargetMethod: { Name: Shapes.Begin, ContainingType: var type } } && SymbolEqualityComparer.Default.Equals(type, thread.Type);
        var outer = Outer(thread);
        if (outer is not null && Begins(outer))
            return outer.Syntax.Span;
        return StoredAt(thread) is { } place
            ? Branches.Function(thread).Descendants().FirstOrDefault(call => Begins(call) && place.Equals(Places.Of(((IInvocationOperation)call).Instance)))?.Syntax.Span
            : null;
    }

    /// <summary>What is known of the call or creation that runs this argument, or this element of one, on another thread.</summary>
    private Fact? Starting(IOperation? argument)
    {
        while (argument is IArrayInitializerOperation or IArrayCreationOperation or { Kind: CollectionExpression })
            argument = argument.Parent;
        return argument is IArgumentOperation { Parameter.Ordinal: var ordinal, Parent: { } parent }
            && (parent is IInvocationOperation call ? call.TargetMethod : (parent as IObjectCreationOperation)?.Constructor) is { } starter
            && Facts.About(starter, Effect.Starts) is { } fact && fact.IsAbout(ordinal) ? fact : null;
    }

    /// <summary>The member that runs a delegate on another thread: a call, a constructor, an event.</summary>
    private static ISymbol? StarterOf(IOperation? argument)
    {
        while (argument is IArrayInitializerOperation or IArrayCreationOperation or { Kind: CollectionExpression })
            argument = argument.Parent;
        return argument switch
        {
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod: var method } } => method,
            IArgumentOperation { Parent: IObjectCreationOperation { Constructor: { } constructor } } => constructor,
            IEventAssignmentOperation { EventReference: IEventReferenceOperation { Event: var raised } } => raised,
            _ => null,
        };
    }

    /// <summary>Control goes on behind the start when the work is done, or with the task of it that somebody is sure to await.</summary>
    private bool IsJoined(Fact start, IOperation? argument)
    {
        var call = argument;
        while (call is not (null or IInvocationOperation))
            call = call.Parent;
        var outer = call?.Parent;
        while (outer is IConversionOperation or IArgumentOperation or IArrayInitializerOperation or IArrayCreationOperation
            || outer is IInvocationOperation view
                && (Facts.About(view.TargetMethod, Effect.Same) ?? Facts.About(view.TargetMethod, Effect.Combines)
                    ?? Facts.About(view.TargetMethod, Effect.Blocks)) is not null)
            outer = outer.Parent;
        return start.Joins || outer is IAwaitOperation or IReturnOperation
            || call?.Parent is IMemberReferenceOperation or IInvocationOperation
            || outer is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }
                && Places.Definitions.UsesOf(local).Any(IsAwaitedSomehow);
    }

    private static bool IsAwaitedSomehow(IOperation task)
    {
        for (var outer = task.Parent; outer is IConversionOperation or IArgumentOperation or IArrayInitializerOperation or IArrayCreationOperation
            or IInvocationOperation or IMemberReferenceOperation; outer = outer.Parent)
            if (outer is IInvocationOperation or IMemberReferenceOperation)
                return true;
            else if (outer.Parent is IAwaitOperation)
                return true;
        return task.Parent is IAwaitOperation or IReturnOperation;
    }

    /// <summary>In a loop of the same function.</summary>
    private static bool IsInLoop(IOperation reference)
    {
        for (var at = reference.Syntax.Parent;
            at is not (null or MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax); at = at.Parent)
            if (at is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax)
                return true;
        return false;
    }

    /// <summary>The work is begun with the option to run for long, which gives it a thread of its own.</summary>
    private static bool HasOwnThread(IOperation? argument) => argument is IArgumentOperation { Parent: IInvocationOperation call }
        && call.Arguments.Any(static option => Shapes.RunsLong(option.Value.Type, option.Value.ConstantValue));
}
