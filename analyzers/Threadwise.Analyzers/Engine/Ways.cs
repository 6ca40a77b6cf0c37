namespace Threadwise.Analyzers.Engine;

/// <summary>What control can meet on its ways to and from one event of a flow, exceptions aside.</summary>
internal sealed class Ways
{
    private readonly Flow _flow;
    private readonly List<int>[] _before;

    public Ways(Flow flow)
    {
        _flow = flow;
        _before = new List<int>[flow.Nodes.Length];
        for (var i = 0; i < _before.Length; i++)
            _before[i] = new();
        for (var i = 0; i < _before.Length; i++)
            foreach (var next in flow.Nodes[i].Next)
                _before[next].Add(i);
    }

    /// <summary>Control can come back to the node.</summary>
    public bool Returns(int node) => Follow(_flow.Nodes[node].Next, static _ => true, next => _flow.Nodes[next].Next).Contains(node);

    /// <summary>The events behind this one, on each way as far as the first that ends it.</summary>
    public IEnumerable<Event> After(int node, int index, Func<Event, bool> ends)
    {
        var met = new List<Event>();
        if (Meet(met, _flow.Nodes[node].Events.Skip(index + 1), ends))
            Follow(_flow.Nodes[node].Next, next => Meet(met, _flow.Nodes[next].Events, ends), next => _flow.Nodes[next].Next);
        return met;
    }

    /// <summary>The events before this one, on each way back as far as the first that ends it.</summary>
    public IEnumerable<Event> Before(int node, int index, Func<Event, bool> ends)
    {
        var met = new List<Event>();
        if (Meet(met, _flow.Nodes[node].Events.Take(index).Reverse(), ends))
            Follow(_before[node], previous => Meet(met, _flow.Nodes[previous].Events.Reverse(), ends), previous => _before[previous]);
        return met;
    }

    /// <summary>False when one of the events ends the way.</summary>
    private static bool Meet(List<Event> met, IEnumerable<Event> events, Func<Event, bool> ends)
    {
        foreach (var e in events)
        {
            if (ends(e))
                return false;
            met.Add(e);
        }

        return true;
    }

    private static HashSet<int> Follow(IEnumerable<int> first, Func<int, bool> passes, Func<int, IEnumerable<int>> onwards)
    {
        var seen = new HashSet<int>();
        var pending = new Stack<int>(first);
        while (pending.Count > 0)
            if (pending.Pop() is var node && seen.Add(node) && passes(node))
                foreach (var next in onwards(node))
                    pending.Push(next);
        return seen;
    }
}
