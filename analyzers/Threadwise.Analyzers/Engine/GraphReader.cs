using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Threadwise.Analyzers.Engine;

/// <summary>Reads one control-flow graph into a flow of events.</summary>
/// <remarks>A finally region becomes a run of nodes for every way through it: a return, the end of the try, an exception.
/// What holds on one way is then never mixed with another.</remarks>
internal sealed class GraphReader
{
    /// <summary>Finally regions inside finally regions multiply; a body with more nodes than this is not followed.</summary>
    private const int MaxNodes = 20_000;

    private readonly ControlFlowGraph _graph;
    private readonly Reader _reader;
    private readonly ImmutableArray<Event>[] _read;
    private readonly List<(ImmutableArray<Event> Events, HashSet<int> Next, ImmutableArray<int> OnException)> _nodes = new();
    private readonly Dictionary<(int Block, Way? Way), int> _known = new();
    private readonly Dictionary<(ControlFlowRegion Region, int Then), Way> _ways = new();
    private readonly Dictionary<(ControlFlowRegion Statement, Way? Way), int> _unwinding = new();
    private readonly Queue<(BasicBlock Block, Way? Way, int Node)> _pending = new();
    private int _thrown;

    private GraphReader(ControlFlowGraph graph, Reader reader)
    {
        _graph = graph;
        _reader = reader;
        _read = new ImmutableArray<Event>[graph.Blocks.Length];
    }

    /// <summary>One way through a finally region: where control goes behind it.</summary>
    private sealed class Way(ControlFlowRegion region, int then, Way? around)
    {
        public ControlFlowRegion Region => region;

        public int Then => then;

        public Way? Around => around;
    }

    /// <summary>The flow of a graph, or null if it has too many ways, or is wrong.</summary>
    public static Flow? Read(ControlFlowGraph graph, Reader reader) => new GraphReader(graph, reader).Read();

    private Flow? Read()
    {
        foreach (var block in _graph.Blocks)
            foreach (var operation in block.Operations)
                if (operation is IFlowCaptureOperation capture)
                    _reader.Places.Capture(capture);
                else if (IsLostLock(operation))
                    return null;
        foreach (var block in _graph.Blocks)
            _read[block.Ordinal] = EventsOf(block);

        NodeOf(_graph.Blocks[0], null);
        var exit = NodeOf(_graph.Blocks[_graph.Blocks.Length - 1], null);
        _thrown = AddNode(ImmutableArray<Event>.Empty);
        while (_pending.Count > 0 && _nodes.Count < MaxNodes)
        {
            _reader.Cancel.ThrowIfCancellationRequested();
            var (block, way, node) = _pending.Dequeue();
            var handlers = Handlers(block.EnclosingRegion, way);
            _nodes[node] = (_nodes[node].Events, _nodes[node].Next, handlers);
            Connect(block, block.FallThroughSuccessor, conditional: false, way, node);
            Connect(block, block.ConditionalSuccessor, conditional: true, way, node);
        }

        return _pending.Count > 0 ? null : new Flow(
            ImmutableArray.CreateRange(_nodes.Select(node => new Flow.Node(node.Events, Sorted(node.Next), node.OnException))), exit, _thrown);
    }

    /// <summary>In nullable code the compiler's graph has something invalid in place of <c>lock</c> on a <c>System.Threading.Lock</c>, and no end of it: such a body is not followed.</summary>
    private static bool IsLostLock(IOperation operation) =>
        operation is IExpressionStatementOperation { Syntax.RawKind: (int)Microsoft.CodeAnalysis.CSharp.SyntaxKind.LockStatement, Operation.Kind: OperationKind.Invalid };

    private ImmutableArray<Event> EventsOf(BasicBlock block)
    {
        if (!block.IsReachable)
            return ImmutableArray<Event>.Empty;
        _reader.Into = ImmutableArray.CreateBuilder<Event>();
        _reader.InHandler = IsIn(block, ControlFlowRegionKind.Finally, ControlFlowRegionKind.Catch, ControlFlowRegionKind.Filter);
        _reader.OnFailure = _reader.InHandler && IsIn(block, ControlFlowRegionKind.Catch);
        foreach (var operation in block.Operations)
            _reader.VisitAll(operation);
        // What is thrown has gone wrong.
        _reader.OnFailure |= block.FallThroughSuccessor is { Semantics: ControlFlowBranchSemantics.Throw };
        if (block.BranchValue is { } value)
            _reader.VisitAll(value);
        return _reader.Into.ToImmutable();
    }

    private void Connect(BasicBlock block, ControlFlowBranch? branch, bool conditional, Way? way, int from)
    {
        if (branch is null || !block.IsReachable)
            return;
        if (block.ConditionKind != ControlFlowConditionKind.None)
        {
            var value = (block.ConditionKind == ControlFlowConditionKind.WhenTrue) == conditional;
            if (block.BranchValue?.ConstantValue is { HasValue: true, Value: bool always } && always != value)
                return;
            from = Behind(block, value, from);
        }

        switch (branch.Semantics)
        {
            case ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow:
                _nodes[from].Next.UnionWith(Handlers(block.EnclosingRegion, way));
                break;
            case ControlFlowBranchSemantics.StructuredExceptionHandling when way is not null && way.Region == Finally(block.EnclosingRegion):
                _nodes[from].Next.Add(way.Then);
                break;
            default:
                if (branch.Destination is { } destination)
                    _nodes[from].Next.Add(Through(branch.FinallyRegions, NodeOf(destination, At(destination.EnclosingRegion, way)), way));
                break;
        }
    }

    /// <summary>A node for what is known behind a condition, if anything is.</summary>
    private int Behind(BasicBlock block, bool value, int from)
    {
        var known = _reader.Conditions(block.BranchValue, value).Concat(_reader.Tests(block.BranchValue, value)).ToImmutableArray();
        if (known.IsEmpty)
            return from;
        var edge = AddNode(known);
        _nodes[from].Next.Add(edge);
        return edge;
    }

    /// <summary>Into the innermost of the finally regions that a branch leaves, and on to its target behind the outermost.</summary>
    private int Through(ImmutableArray<ControlFlowRegion> regions, int target, Way? way)
    {
        for (var i = regions.Length - 1; i >= 0; i--)
            target = NodeOf(First(regions[i]), WayThrough(regions[i], target, way));
        return target;
    }

    /// <summary>Where an exception goes that leaves code directly in a region.</summary>
    private ImmutableArray<int> Handlers(ControlFlowRegion? region, Way? way)
    {
        var handlers = ImmutableArray.CreateBuilder<int>();
        // The region around a lambda's graph belongs to the graph it is written in.
        for (; region is not null && region != _graph.Root; region = region.EnclosingRegion)
        {
            if (region is not { Kind: ControlFlowRegionKind.Try, EnclosingRegion: { } statement })
                continue;
            foreach (var handler in statement.NestedRegions)
                if (handler.Kind is ControlFlowRegionKind.Catch or ControlFlowRegionKind.FilterAndHandler)
                    handlers.Add(NodeOf(First(handler), At(handler, way)));
                else if (handler.Kind == ControlFlowRegionKind.Finally)
                {
                    handlers.Add(NodeOf(First(handler), WayThrough(handler, Unwinding(statement, At(statement, way)), At(statement, way))));
                    return handlers.ToImmutable();
                }

            if (statement.NestedRegions.Any(CatchesAll))
                return handlers.ToImmutable();
        }

        handlers.Add(_thrown);
        return handlers.ToImmutable();
    }

    /// <summary>A node from which an exception goes on that no handler of a try statement stopped.</summary>
    private int Unwinding(ControlFlowRegion statement, Way? way)
    {
        if (_unwinding.TryGetValue((statement, way), out var node))
            return node;
        _unwinding[(statement, way)] = node = AddNode(ImmutableArray<Event>.Empty);
        _nodes[node].Next.UnionWith(Handlers(statement.EnclosingRegion, way));
        return node;
    }

    private Way WayThrough(ControlFlowRegion region, int then, Way? around)
    {
        if (!_ways.TryGetValue((region, then), out var way))
            _ways[(region, then)] = way = new(region, then, At(region.EnclosingRegion, around));
        return way;
    }

    /// <summary>The way that a place in a region is on: that through the innermost finally region around it.</summary>
    private static Way? At(ControlFlowRegion? region, Way? way)
    {
        while (way is not null && !(region is not null && way.Region.FirstBlockOrdinal <= region.FirstBlockOrdinal
            && region.LastBlockOrdinal <= way.Region.LastBlockOrdinal))
            way = way.Around;
        return way;
    }

    private int NodeOf(BasicBlock block, Way? way)
    {
        if (_known.TryGetValue((block.Ordinal, way), out var node))
            return node;
        _known[(block.Ordinal, way)] = node = AddNode(_read[block.Ordinal]);
        _pending.Enqueue((block, way, node));
        return node;
    }

    private int AddNode(ImmutableArray<Event> events)
    {
        _nodes.Add((events, new(), ImmutableArray<int>.Empty));
        return _nodes.Count - 1;
    }

    private BasicBlock First(ControlFlowRegion region) => _graph.Blocks[region.FirstBlockOrdinal];

    private static bool CatchesAll(ControlFlowRegion handler) =>
        handler.Kind == ControlFlowRegionKind.Catch
            && handler.ExceptionType is null or { SpecialType: SpecialType.System_Object } or { BaseType.SpecialType: SpecialType.System_Object };

    /// <summary>The innermost finally region around; the end of an exception filter belongs to none.</summary>
    private ControlFlowRegion? Finally(ControlFlowRegion? region)
    {
        while (region is not null && region != _graph.Root && region.Kind is not (ControlFlowRegionKind.Finally or ControlFlowRegionKind.Filter))
            region = region.EnclosingRegion;
        return region is { Kind: ControlFlowRegionKind.Finally } ? region : null;
    }

    private bool IsIn(BasicBlock block, params ControlFlowRegionKind[] kinds)
    {
        for (var region = block.EnclosingRegion; region is not null && region != _graph.Root; region = region.EnclosingRegion)
            if (kinds.Contains(region.Kind))
                return true;
        return false;
    }

    private static ImmutableArray<int> Sorted(HashSet<int> targets) => ImmutableArray.CreateRange(targets.OrderBy(target => target));
}
