namespace Threadwise;

/// <summary>Results of parts of a list, put together in the list's order whatever the order they come in. Neighbours are merged as soon as both are there, so few are kept.</summary>
internal sealed class Neighbours<T>(Func<T, T, T> merge)
{
    private readonly Gate _gate = new();
    private readonly Dictionary<int, (int End, T Value)> _byStart = [];
    private readonly Dictionary<int, int> _startByEnd = [];

    /// <summary>The result of the items from one up to another.</summary>
    public void Add(int start, int end, T value)
    {
        // The merging is somebody else's code, and done outside the lock: the parts are taken out for it.
        while (true)
        {
            T before, after;
            bool isBefore, isAfter;
            using (_gate.Enter())
            {
                (isBefore, before) = TakeEndingAt(ref start);
                (isAfter, after) = TakeStartingAt(ref end);
                if (!isBefore && !isAfter)
                {
                    _byStart.Add(start, (end, value));
                    _startByEnd.Add(end, start);
                    return;
                }
            }

            value = isBefore ? merge(before, value) : value;
            value = isAfter ? merge(value, after) : value;
        }
    }

    /// <summary>All parts, when no more will come.</summary>
    public T All(T none)
    {
        var all = none;
        foreach (var (_, part) in _byStart.OrderBy(part => part.Key))
            all = merge(all, part.Value);
        return all;
    }

    private (bool Is, T Value) TakeEndingAt(ref int start)
    {
        if (!_startByEnd.Remove(start, out var first))
            return (false, default!);
        _byStart.Remove(first, out var part);
        start = first;
        return (true, part.Value);
    }

    private (bool Is, T Value) TakeStartingAt(ref int end)
    {
        if (!_byStart.Remove(end, out var part))
            return (false, default!);
        _startByEnd.Remove(part.End);
        end = part.End;
        return (true, part.Value);
    }
}

/// <summary>Items are added up: a chunk of neighbours at once, others one by one, since only neighbours can be merged.</summary>
internal readonly struct Summing<T, TSum>(Places<T> places, bool areNeighbours, Func<TSum> seed, Func<TSum, T, TSum> step, Neighbours<TSum> parts) : IBody<TSum>
{
    public TSum Begin() => areNeighbours ? seed() : default!;

    public void Do(int place, ref TSum local)
    {
        if (areNeighbours)
            local = step(local, places[place]);
        else
            parts.Add(ItemAt(place), ItemAt(place) + 1, step(seed(), places[place]));
    }

    public void End(TSum local, Chunk done)
    {
        if (areNeighbours && done.Count > 0)
            parts.Add(done.First, done.First + done.Count, local);
    }

    public int ItemAt(int place) => places.ItemAt(place);
}
