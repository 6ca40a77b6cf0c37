namespace Threadwise.Analyzers.Engine;

/// <summary>A forward analysis of one flow: the state before every node at the fixed point; null where control does not get.</summary>
internal static class Forward
{
    /// <summary>A node visited this often has its last join kept: states only shrink, so this is reached in broken code alone.</summary>
    private const int MaxVisits = 40;

    public static LockState?[] Solve(Flow flow, LockState start, Func<LockState, Event, LockState?> through, CancellationToken cancel)
    {
        var before = new LockState?[flow.Nodes.Length];
        var visits = new int[flow.Nodes.Length];
        before[0] = start;
        var pending = new SortedSet<int> { 0 };
        while (pending.Count > 0)
        {
            cancel.ThrowIfCancellationRequested();
            var index = pending.Min;
            pending.Remove(index);
            if (++visits[index] > MaxVisits)
                continue;
            var node = flow.Nodes[index];
            LockState? state = before[index], thrown = null;
            foreach (var e in node.Events)
            {
                if (state is null)
                    break;
                if (e is Risk or Unknown)
                    thrown = thrown is null ? state : thrown.Join(state);
                state = through(state, e);
            }

            Flow(state, node.Next);
            Flow(thrown, node.OnException);
        }

        return before;

        void Flow(LockState? state, ImmutableArray<int> targets)
        {
            if (state is null)
                return;
            foreach (var target in targets)
            {
                var seen = before[target];
                var merged = seen is null ? state : seen.Join(state);
                if (seen is not null && merged.IsSameAs(seen))
                    continue;
                before[target] = merged;
                pending.Add(target);
            }
        }
    }
}
