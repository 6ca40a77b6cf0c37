namespace Threadwise;

/// <summary>What is done with each place of a list. A structure, so that the loop over the places is compiled for it.</summary>
/// <typeparam name="TLocal">What a worker keeps while it goes through a chunk.</typeparam>
internal interface IBody<TLocal>
{
    TLocal Begin();

    void Do(int place, ref TLocal local);

    /// <summary>A chunk, or as much of one as was done, is over.</summary>
    void End(TLocal local, Chunk done);

    /// <summary>The number of the item at a place.</summary>
    int ItemAt(int place);
}

/// <summary>Nothing is kept.</summary>
internal readonly struct Nothing;

/// <summary>The items of a list, each at its place; the places are the list's own or go from the heaviest item to the lightest.</summary>
internal readonly struct Places<T>
{
    private readonly IReadOnlyList<T> _items;
    private readonly T[]? _array;
    private readonly int[]? _order;

    public Places(IReadOnlyList<T> items, Func<T, double>? weight)
    {
        (_items, _array, Count) = (items, items as T[], items.Count);
        if (weight is not null)
            _order = HeaviestFirst(items, Count, weight);
    }

    public int Count { get; }

    public bool AreSorted => _order is not null;

    public T this[int place] => _array is not null && _order is null ? _array[place] : _items[ItemAt(place)];

    public int ItemAt(int place) => _order is null ? place : _order[place];

    private static int[] HeaviestFirst(IReadOnlyList<T> items, int count, Func<T, double> weight)
    {
        var (weights, order) = (new double[count], new int[count]);
        for (var i = 0; i < count; i++)
        {
            (weights[i], order[i]) = (weight(items[i]), i);
            if (double.IsNaN(weights[i]))
                throw new ArgumentException($"The weight of item {i} is not a number.", nameof(weight));
        }

        Array.Sort(order, (one, other) => weights[other].CompareTo(weights[one]) is var heavier and not 0 ? heavier : one.CompareTo(other));
        return order;
    }
}

/// <summary>Each item's result goes to the item's number in an array.</summary>
internal readonly struct Mapping<T, TResult>(Places<T> places, Func<T, TResult> map, TResult[] results) : IBody<Nothing>
{
    public Nothing Begin() => default;

    public void Do(int place, ref Nothing local) => results[places.ItemAt(place)] = map(places[place]);

    public void End(Nothing local, Chunk done)
    {
    }

    public int ItemAt(int place) => places.ItemAt(place);
}

/// <summary>The same for an array in its own order, with nothing in the way that costs as much as a tiny item.</summary>
internal readonly struct ArrayMapping<T, TResult>(T[] items, Func<T, TResult> map, TResult[] results) : IBody<Nothing>
{
    public Nothing Begin() => default;

    public void Do(int place, ref Nothing local) => results[place] = map(items[place]);

    public void End(Nothing local, Chunk done)
    {
    }

    public int ItemAt(int place) => place;
}

/// <summary>Something is done with each item.</summary>
internal readonly struct Visiting<T>(Places<T> places, Action<T> visit) : IBody<Nothing>
{
    public Nothing Begin() => default;

    public void Do(int place, ref Nothing local) => visit(places[place]);

    public void End(Nothing local, Chunk done)
    {
    }

    public int ItemAt(int place) => places.ItemAt(place);
}

/// <summary>Each item is counted as soon as it is done.</summary>
internal readonly struct Counted<TBody, TLocal>(TBody body, Reporter reporter) : IBody<TLocal> where TBody : struct, IBody<TLocal>
{
    public TLocal Begin() => body.Begin();

    public void Do(int place, ref TLocal local)
    {
        body.Do(place, ref local);
        reporter.Advance();
    }

    public void End(TLocal local, Chunk done) => body.End(local, done);

    public int ItemAt(int place) => body.ItemAt(place);
}
