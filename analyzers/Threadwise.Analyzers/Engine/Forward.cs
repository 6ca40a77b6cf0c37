namespace Threadwise.Analyzers.Engine;

/// <summary>A forward analysis of one flow: the state before every node at the fixed point; null where control does not get.</summary>
internal sealed class Forward
{
    /// <summary>A node visited this often has its last join kept: states only shrink, so this is reached in broken code alone.</summary>
    private const int MaxVisits = 40;

    private readonly LockState?[] _before;
    private readonly bool[] _isPending;

    /// <summary>No node before this one is pending.</summary>
    private int _first;

    private Forward(Flow flow, LockState start)
    {
        (_before, _isPending) = (new LockState?[flow.Nodes.Length], new bool[flow.Nodes.Length]);
        (_before[0], _isPending[0]) = (start, true);
    }

    public static LockState?[] Solve(Flow flow, LockState start, Func<LockState, Event, LockState?> through, CancellationToken cancel)
    {
        var analysis = new Forward(flow, start);
        var visits = new int[flow.Nodes.Length];
        while (analysis._first < visits.Length)
        {
            var index = analysis._first++;
            if (!analysis._isPending[index])
                continue;
            cancel.ThrowIfCancellationRequested();
            analysis._isPending[index] = false;
            if (++visits[index] <= MaxVisits)
                analysis.Pass(index, flow.Nodes[index], through);
        }

        return analysis._before;
    }

    private void Pass(int index, Flow.Node node, Func<LockState, Event, LockState?> through)
    {
        LockState? state = _before[index], thrown = null;
        foreach (var e in node.Events)
        {
            if (state is null)
                break;
            if (e is Risk or Unknown { Throws: true })
                thrown = thrown is null ? state : thrown.Join(state);
            state = through(state, e);
        }

        Reach(node.Next, state);
        Reach(node.OnException, thrown);
    }

    private void Reach(ImmutableArray<int> targets, LockState? state)
    {
        if (state is null)
            return;
        foreach (var target in targets)
        {
            var seen = _before[target];
            var merged = seen is null ? state : seen.Join(state);
            if (seen is not null && merged.IsSameAs(seen))
                continue;
            _before[target] = merged;
            _isPending[target] = true;
            _first = Math.Min(_first, target);
        }
    }
}
