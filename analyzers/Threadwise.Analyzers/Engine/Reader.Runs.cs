using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// Functions that run beside the code that starts them: what they have in common with others.
internal sealed partial class Reader
{
    private readonly List<(IOperation Reference, IMethodSymbol Function, IOperation? Argument)> _handedOver = new(0);

    /// <summary>Found at a glance, to be said where control comes by, since it depends on the locks held there.</summary>
    public Dictionary<TextSpan, ImmutableArray<Event>>? Marks { get; set; }

    /// <summary>An operation that takes its time begins on an object that allows one.</summary>
    private bool _mayOverlap;

    /// <summary>Nobody waits at once for an operation that takes its time: others may begin meanwhile.</summary>
    private void Begun(IInvocationOperation call)
    {
        if (!followsPaths && !_mayOverlap && call is { Parent: not IAwaitOperation, Type: INamedTypeSymbol { TypeKind: not TypeKind.Interface } type }
            && Facts.About(type, Effect.Task) is not null
            && (call.Instance ?? (call.TargetMethod.IsExtensionMethod && call.Arguments.Length > 0 ? call.Arguments[0].Value : null))?.Type is { } on
            && (Facts.About(on, Effect.Unsafe) is not null || Shapes.IsQuery(on)))
            _mayOverlap = true;
    }

    /// <summary>Control comes by something that was found at a glance.</summary>
    private void Passed(IOperation operation)
    {
        if (Marks is not null && followsPaths && Marks.TryGetValue(operation.Syntax.Span, out var marks))
            Into.AddRange(marks);
        else if (operation.Kind == OperationKind.Invocation)
            Begun((IInvocationOperation)operation);
    }

    /// <summary>A function that something may start beside the code around it.</summary>
    private void HandedOver(IOperation? argument, IMethodSymbol function, IOperation reference)
    {
        if (!followsPaths && (Starting(argument) is not null || Shapes.IsAwaited(function.ReturnType) && argument is IArgumentOperation))
            _handedOver.Add((reference, function, argument));
    }

    /// <summary>An asynchronous local function, or the one lambda of a variable, that nobody waits for on the spot.</summary>
    private void CalledApart(IMethodSymbol target, IOperation at)
    {
        if (!followsPaths && target is { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction, IsAsync: true } && at.Parent is not IAwaitOperation)
            _handedOver.Add((at, target.OriginalDefinition, null));
    }

    /// <summary>Looks at all functions of the member together that run beside others.</summary>
    public void FindRuns(ImmutableArray<IOperation> blocks)
    {
        if (_handedOver.Count == 0 && !_mayOverlap)
            return;
        var finder = new Runs(model, owner, Places, blocks);
        var runs = new List<Run>();
        foreach (var (reference, function, argument) in _handedOver)
        {
            var run = finder.Of(reference, function, argument);
            if (run is not null)
                runs.Add(run);
            FansOut(reference, function, argument, finder, run);
        }

        var operations = new Operations(Facts, Places, finder);
        foreach (var (at, found) in operations.In(blocks))
            Mark(at, found);
        FindChanges(runs, new CapturedChanges(Facts, finder.Confined), blocks);
        FindContainers(runs, new CapturedContainers(Facts, finder.Confined, Places), blocks);
        FindOperations(runs, operations);
        foreach (var run in runs)
            FindAlone(run, finder);
        NeedsPaths |= Marks is not null;
    }

    /// <summary>Many runs of the function are under way at a time, which one task stands for; what a loop starts is told where it starts it.</summary>
    private void FansOut(IOperation reference, IMethodSymbol function, IOperation? argument, Runs finder, Run? run)
    {
        if (finder.Confined.ComesBack)
            return;
        if (finder.ForEach(function, argument) is { } each)
            Remarks.Add(new FanOut(function.OriginalDefinition, each, BeginsAsCall: true, reference.Syntax.Span));
        else if (run is { Among: IAnonymousFunctionOperation, BeginsAsCall: false } started && started.Among != started.Function)
            Remarks.Add(new FanOut(function.OriginalDefinition, started.Named, BeginsAsCall: false, reference.Syntax.Span));
    }

    private void FindChanges(List<Run> runs, CapturedChanges changes, ImmutableArray<IOperation> blocks)
    {
        for (var i = 0; i < runs.Count; i++)
        {
            var run = runs[i];
            foreach (var change in run.Among is null ? Enumerable.Empty<CapturedUse>() : changes.Of(run))
                Mark(change, run, other: null);
            for (var j = i + 1; j < runs.Count; j++)
                if (AreTogether(run, runs[j]))
                    foreach (var (change, other, of) in changes.Of(run, runs[j]))
                        Mark(change, ReferenceEquals(of, run) ? runs[j] : run, other);
            foreach (var block in blocks)
                foreach (var (change, other) in changes.OfBody(run, block))
                    Mark(change, run, other);
        }
    }

    private void FindContainers(List<Run> runs, CapturedContainers containers, ImmutableArray<IOperation> blocks)
    {
        for (var i = 0; i < runs.Count; i++)
        {
            var run = runs[i];
            foreach (var change in run.Among is null ? Enumerable.Empty<ContainerUse>() : containers.Of(run))
                Mark(change, run, other: null);
            for (var j = i + 1; j < runs.Count; j++)
                if (AreTogether(run, runs[j]))
                    foreach (var (change, other, of) in containers.Of(run, runs[j]))
                        Mark(change, ReferenceEquals(of, run) ? runs[j] : run, other);
            foreach (var block in blocks)
                foreach (var (change, other) in containers.OfBody(run, block))
                    Mark(change, run, other);
        }
    }

    /// <summary>What one function does wrong by itself.</summary>
    private void FindAlone(Run run, Runs finder)
    {
        foreach (var (use, write) in Neighbours.In(run))
            Mark(use, new NeighbourUse(use.Syntax.ToString(), write.Syntax.ToString(), run.Named, use.Syntax.Span));
        foreach (var use in LoopVariables.In(run, Facts, finder.Confined, finder.Fates))
            Remarks.Add(new LoopVariableUse(use.Variable, run.Named, use.At.Syntax.Span));
        var outlived = new Outlived(Facts, finder);
        foreach (var use in outlived.Scopes(run))
            Remarks.Add(new UseAfterScope(use.Variable, run.Named, run.Start.Syntax.Span, use.At.Syntax.Span));
        foreach (var (at, type) in outlived.OfRequest(run, owner.ContainingType))
            Remarks.Add(new UseAfterRequest(at.Syntax.ToString(), type, run.Named, at.Syntax.Span));
    }

    private void FindOperations(List<Run> runs, Operations operations)
    {
        for (var i = 0; i < runs.Count; i++)
        {
            foreach (var (at, found) in operations.In(runs[i]))
                Mark(at, found);
            for (var j = i + 1; j < runs.Count; j++)
                if (AreTogether(runs[i], runs[j]))
                    foreach (var (at, found) in operations.In(runs[i], runs[j]))
                        Mark(at, found);
        }
    }

    /// <summary>The second starts before the first is over, and whoever starts one starts the other.</summary>
    private static bool AreTogether(Run first, Run second)
    {
        if (first.Start.Syntax.SpanStart > second.Start.Syntax.SpanStart)
            (first, second) = (second, first);
        return first.Start == second.Start
            ? first.IsOneOfSeveral || first.Function != second.Function
            : first.Until > second.Start.Syntax.Span.End && CapturedChanges.Around(first.Start) == CapturedChanges.Around(second.Start)
                && !CapturedChanges.Excludes(first.Start, second.Start);
    }

    private void Mark(CapturedUse change, Run by, CapturedUse? other) =>
        Mark(change.At, new SharedChange(change.Name, by.Named, other?.Whole.Syntax.Span, change.Whole.Syntax.Span) { IsScratch = change.IsScratch });

    private void Mark(ContainerUse change, Run by, ContainerUse? other) =>
        Mark(change.At, new SharedMutation(change.At.Syntax.ToString(), change.Member, by.Named, other?.At.Syntax.Span, change.At.Syntax.Span));

    private void Mark(IOperation at, Event e)
    {
        Marks ??= new();
        var known = Marks.TryGetValue(at.Syntax.Span, out var events) ? events : ImmutableArray<Event>.Empty;
        if (!known.Any(other => other.GetType() == e.GetType()))
            Marks[at.Syntax.Span] = known.Add(e);
    }
}
