using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>Reads one control-flow graph into a flow of events.</summary>
/// <remarks>A finally region becomes two runs of nodes: one for control that leaves normally, one for an exception that
/// passes through, so that what holds on one way is not mixed with the other.</remarks>
internal sealed class GraphReader
{
    private readonly ControlFlowGraph _graph;
    private readonly Reader _reader;
    private readonly List<ImmutableArray<Event>> _events = new();
    private readonly List<HashSet<int>> _next = new();
    private readonly Dictionary<(int Region, bool Unwinding), HashSet<int>> _afterFinally = new();
    private readonly int _count;

    private GraphReader(ControlFlowGraph graph, Reader reader)
    {
        _graph = graph;
        _reader = reader;
        _count = graph.Blocks.Length;
    }

    private int Thrown => 2 * _count;

    public static Flow Read(ControlFlowGraph graph, Reader reader) => new GraphReader(graph, reader).Read();

    private Flow Read()
    {
        foreach (var block in _graph.Blocks)
            foreach (var operation in block.Operations)
                if (operation is IFlowCaptureOperation capture)
                    _reader.Places.Capture(capture);
        foreach (var block in _graph.Blocks)
            AddNode(EventsOf(block));
        for (var i = 0; i < _count; i++)
            AddNode(_events[i]);
        AddNode(ImmutableArray<Event>.Empty);

        foreach (var block in _graph.Blocks)
            foreach (var unwinding in IsInFinally(block) ? new[] { false, true } : new[] { false })
            {
                _reader.Cancel.ThrowIfCancellationRequested();
                Connect(block, block.FallThroughSuccessor, conditional: false, unwinding);
                Connect(block, block.ConditionalSuccessor, conditional: true, unwinding);
            }

        var handlers = new ImmutableArray<int>[2 * _count];
        for (var i = 0; i < handlers.Length; i++)
            handlers[i] = Handlers(_graph.Blocks[i % _count].EnclosingRegion, unwinding: i >= _count);
        LeaveFinallyRegions();

        var nodes = ImmutableArray.CreateBuilder<Flow.Node>(_events.Count);
        for (var i = 0; i < _events.Count; i++)
            nodes.Add(new(_events[i], Sorted(_next[i]), i < handlers.Length ? handlers[i] : ImmutableArray<int>.Empty));
        return new Flow(nodes.ToImmutable(), exit: _count - 1, Thrown);
    }

    private void LeaveFinallyRegions()
    {
        foreach (var block in _graph.Blocks)
            if (block.FallThroughSuccessor is { Semantics: ControlFlowBranchSemantics.StructuredExceptionHandling } && Finally(block.EnclosingRegion) is { } region)
                foreach (var unwinding in new[] { false, true })
                    if (_afterFinally.TryGetValue((region.FirstBlockOrdinal, unwinding), out var after))
                        _next[Node(block.Ordinal, unwinding)].UnionWith(after);
    }

    private ImmutableArray<Event> EventsOf(BasicBlock block)
    {
        if (!block.IsReachable)
            return ImmutableArray<Event>.Empty;
        _reader.Into = ImmutableArray.CreateBuilder<Event>();
        _reader.InHandler = IsInHandler(block);
        foreach (var operation in block.Operations)
            _reader.VisitAll(operation);
        if (block.BranchValue is { } value)
            _reader.VisitAll(value);
        return _reader.Into.ToImmutable();
    }

    private static bool IsTrueOn(BasicBlock block, bool conditional) => (block.ConditionKind == ControlFlowConditionKind.WhenTrue) == conditional;

    private void Connect(BasicBlock block, ControlFlowBranch? branch, bool conditional, bool unwinding)
    {
        if (branch is null || !block.IsReachable)
            return;
        var from = Node(block.Ordinal, unwinding);
        if (block.ConditionKind != ControlFlowConditionKind.None && _reader.Conditions(block.BranchValue, IsTrueOn(block, conditional)).ToImmutableArray() is { IsEmpty: false } known)
        {
            var edge = AddNode(known);
            _next[from].Add(edge);
            from = edge;
        }

        if (branch.Semantics is ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow)
            _next[from].UnionWith(Handlers(block.EnclosingRegion, unwinding));
        else if (branch.Destination is { } destination)
        {
            // A return inside a finally's exceptional run would swallow the exception; the language forbids it.
            var target = Node(destination.Ordinal, unwinding && IsInFinally(destination));
            foreach (var region in branch.FinallyRegions.Reverse())
            {
                After(region, unwinding).Add(target);
                target = Node(region.FirstBlockOrdinal, unwinding);
            }

            _next[from].Add(target);
        }
    }

    private HashSet<int> After(ControlFlowRegion region, bool unwinding)
    {
        if (!_afterFinally.TryGetValue((region.FirstBlockOrdinal, unwinding), out var after))
            _afterFinally[(region.FirstBlockOrdinal, unwinding)] = after = new();
        return after;
    }

    /// <summary>Where an exception goes that leaves code directly in a region.</summary>
    private ImmutableArray<int> Handlers(ControlFlowRegion? region, bool unwinding)
    {
        var handlers = ImmutableArray.CreateBuilder<int>();
        for (; region is not null && region != _graph.Root; region = region.EnclosingRegion)
        {
            if (region is not { Kind: ControlFlowRegionKind.Try, EnclosingRegion: { } statement })
                continue;
            foreach (var handler in statement.NestedRegions)
                if (handler.Kind is ControlFlowRegionKind.Catch or ControlFlowRegionKind.FilterAndHandler)
                    handlers.Add(Node(handler.FirstBlockOrdinal, unwinding && Finally(handler) is not null));
                else if (handler.Kind == ControlFlowRegionKind.Finally)
                {
                    handlers.Add(Node(handler.FirstBlockOrdinal, unwinding: true));
                    After(handler, unwinding: true).UnionWith(Handlers(statement.EnclosingRegion, unwinding));
                    return handlers.ToImmutable();
                }

            if (statement.NestedRegions.Any(CatchesAll))
                return handlers.ToImmutable();
        }

        handlers.Add(Thrown);
        return handlers.ToImmutable();
    }

    private static bool CatchesAll(ControlFlowRegion handler) =>
        handler.Kind == ControlFlowRegionKind.Catch && handler.ExceptionType is null or { SpecialType: SpecialType.System_Object } or { Name: "Exception", ContainingNamespace.Name: "System" };

    private int Node(int block, bool unwinding) => unwinding ? _count + block : block;

    private int AddNode(ImmutableArray<Event> events)
    {
        _events.Add(events);
        _next.Add(new());
        return _events.Count - 1;
    }

    private bool IsInFinally(BasicBlock block) => Finally(block.EnclosingRegion) is not null;

    /// <summary>The innermost finally region around; the end of an exception filter belongs to none.</summary>
    private ControlFlowRegion? Finally(ControlFlowRegion? region)
    {
        // The region around a lambda's graph belongs to the graph it is written in.
        while (region is not null && region != _graph.Root && region.Kind is not (ControlFlowRegionKind.Finally or ControlFlowRegionKind.Filter))
            region = region.EnclosingRegion;
        return region is { Kind: ControlFlowRegionKind.Finally } ? region : null;
    }

    private bool IsInHandler(BasicBlock block)
    {
        for (var region = block.EnclosingRegion; region is not null && region != _graph.Root; region = region.EnclosingRegion)
            if (region.Kind is ControlFlowRegionKind.Finally or ControlFlowRegionKind.Catch or ControlFlowRegionKind.Filter)
                return true;
        return false;
    }

    private static ImmutableArray<int> Sorted(HashSet<int> targets) => ImmutableArray.CreateRange(targets.OrderBy(target => target));
}
