using System.ComponentModel;

namespace Threadwise;

/// <summary>Does something with every item of a list on several threads, or with several tasks, and gives the results in the order of the list.</summary>
/// <remarks>
/// <code>
/// var sizes = ParallelMap.Map(files, file => Compress(file).Length);
/// var pages = await ParallelMap.MapAsync(addresses, (address, cancel) => new ValueTask&lt;string&gt;(http.GetStringAsync(address, cancel)), new MapOptions { Degree = 8 });
/// var total = ParallelMap.Reduce(orders, () => 0m, (sum, order) => sum + order.Total, (one, other) => one + other);
/// </code>
/// <para><b>Order.</b> Results are where their items are. Items begin in any order, or with <c>weight</c> the heaviest first: good where some take much longer than others.</para>
/// <para><b>Failures.</b> The first is thrown as it is, once, and no other item begins after it; <see cref="FailurePolicy.Continue"/> tries all items and throws all failures together.</para>
/// <para><b>Cancellation.</b> No item begins after it, those that have begun are finished, and the exception has the token that was given; a token that is cancelled already starts nothing.</para>
/// <para><b>End.</b> When a method returns, or its task is complete, nothing it started runs any more.</para>
/// <para><b>Workers.</b> As many as <see cref="MapOptions.Degree"/> says, which can change meanwhile. The thread that calls a synchronous method is one of them, so it ends even where
/// the pool has no thread to give. Maps inside maps share one <see cref="DegreeBudget"/>.</para>
/// <para><b>Thread safety.</b> All members can be used by any thread. The list must not change while it is gone through.</para>
/// </remarks>
public static partial class ParallelMap
{
    /// <summary>The result of each item, in the order of the items.</summary>
    /// <param name="items">Reached by index, by several threads at once.</param>
    /// <param name="map">Called once for each item, by several threads at once.</param>
    /// <param name="options">How; with the defaults if not given.</param>
    /// <param name="weight">About how much work an item is, in any unit; the heaviest begin first. Called on the caller's thread before the first item begins.</param>
    /// <param name="cancellationToken">Stops the map before its next item.</param>
    /// <exception cref="ArgumentNullException">The items or what is to be done are null.</exception>
    /// <exception cref="ArgumentException">A weight is not a number.</exception>
    /// <exception cref="OperationCanceledException">The map was cancelled.</exception>
    /// <exception cref="AggregateException">Items have failed, and the others were to be tried all the same.</exception>
    public static TResult[] Map<T, TResult>(IReadOnlyList<T> items, Func<T, TResult> map, MapOptions? options = null, Func<T, double>? weight = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(map);
        cancellationToken.ThrowIfCancellationRequested();
        var places = new Places<T>(items, weight);
        var results = places.Count == 0 ? [] : new TResult[places.Count];
        if (weight is null && items is T[] array)
            Run<ArrayMapping<T, TResult>, Nothing>(new(array, map, results), array.Length, false, options, cancellationToken);
        else
            Run<Mapping<T, TResult>, Nothing>(new(places, map, results), places.Count, places.AreSorted, options, cancellationToken);
        return results;
    }

    /// <summary>Does something with each item.</summary>
    /// <param name="items">Reached by index, by several threads at once.</param>
    /// <param name="body">Called once for each item, by several threads at once.</param>
    /// <param name="options">How; with the defaults if not given.</param>
    /// <param name="weight">About how much work an item is, in any unit; the heaviest begin first. Called on the caller's thread before the first item begins.</param>
    /// <param name="cancellationToken">Stops before the next item.</param>
    /// <exception cref="ArgumentNullException">The items or what is to be done are null.</exception>
    /// <exception cref="ArgumentException">A weight is not a number.</exception>
    /// <exception cref="OperationCanceledException">The map was cancelled.</exception>
    /// <exception cref="AggregateException">Items have failed, and the others were to be tried all the same.</exception>
    public static void ForEach<T>(IReadOnlyList<T> items, Action<T> body, MapOptions? options = null, Func<T, double>? weight = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(body);
        cancellationToken.ThrowIfCancellationRequested();
        var places = new Places<T>(items, weight);
        Run<Visiting<T>, Nothing>(new(places, body), places.Count, places.AreSorted, options, cancellationToken);
    }

    /// <summary>Does not compile, since nobody would wait for the tasks.</summary>
    [Obsolete("Nobody would wait for the tasks: use ForEachAsync.", error: true), EditorBrowsable(EditorBrowsableState.Never)]
    public static void ForEach<T>(IReadOnlyList<T> items, Func<T, Task> body, MapOptions? options = null, Func<T, double>? weight = null,
        CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("Nobody would wait for the tasks.");

    /// <summary>Adds the items up: each worker its share, and the shares in the order of the items. The sum is what one thread gets, if merging is associative and the seed changes nothing.</summary>
    /// <remarks>Sums of floating-point numbers depend on where the list is parted; with <see cref="Partitioning.Blocks"/> and a fixed degree that is always the same.</remarks>
    /// <param name="items">Reached by index, by several threads at once.</param>
    /// <param name="seed">A sum of nothing, a new one at each call. Called by several threads at once.</param>
    /// <param name="step">A sum with one item more; it may change and return the one it is given, unless items are tried again when they fail.</param>
    /// <param name="merge">Two sums of neighbours in one; it may change and return either.</param>
    /// <param name="options">How; with the defaults if not given. With <see cref="Partitioning.Cyclic"/> each item is a share.</param>
    /// <param name="cancellationToken">Stops before the next item.</param>
    /// <exception cref="ArgumentNullException">The items or a function are null.</exception>
    /// <exception cref="OperationCanceledException">The map was cancelled.</exception>
    /// <exception cref="AggregateException">Items have failed, and the others were to be tried all the same.</exception>
    public static TSum Reduce<T, TSum>(IReadOnlyList<T> items, Func<TSum> seed, Func<TSum, T, TSum> step, Func<TSum, TSum, TSum> merge, MapOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(seed);
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(merge);
        cancellationToken.ThrowIfCancellationRequested();
        var (places, parts) = (new Places<T>(items, null), new Neighbours<TSum>(merge));
        var areNeighbours = options?.Partitioning != Partitioning.Cyclic;
        Run<Summing<T, TSum>, TSum>(new(places, areNeighbours, seed, step, parts), places.Count, false, options, cancellationToken);
        return parts.All(seed());
    }

    /// <summary>The result of each item, in the order of the items, with several items under way at a time.</summary>
    /// <param name="items">Reached by index, by several threads at once.</param>
    /// <param name="map">Called once for each item. Its token is cancelled when the map stops.</param>
    /// <param name="options">How; with the defaults if not given.</param>
    /// <param name="weight">About how much work an item is, in any unit; the heaviest begin first. Called before the first item begins.</param>
    /// <param name="cancellationToken">Stops the map before its next item.</param>
    /// <exception cref="ArgumentNullException">The items or what is to be done are null; thrown at once, not by the task.</exception>
    /// <exception cref="ArgumentException">A weight is not a number.</exception>
    /// <exception cref="OperationCanceledException">The map was cancelled.</exception>
    /// <exception cref="AggregateException">Items have failed, and the others were to be tried all the same.</exception>
    public static Task<TResult[]> MapAsync<T, TResult>(IReadOnlyList<T> items, Func<T, CancellationToken, ValueTask<TResult>> map, MapOptions? options = null,
        Func<T, double>? weight = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(map);
        return Results();

        async Task<TResult[]> Results()
        {
            cancellationToken.ThrowIfCancellationRequested();
            var places = new Places<T>(items, weight);
            var results = places.Count == 0 ? [] : new TResult[places.Count];
            await RunAsync(places, async (place, cancel) => results[places.ItemAt(place)] = await map(places[place], cancel)
                .ConfigureAwait(false), options, cancellationToken).ConfigureAwait(false);
            return results;
        }
    }

    /// <summary>Does something with each item, with several items under way at a time.</summary>
    /// <param name="items">Reached by index, by several threads at once.</param>
    /// <param name="body">Called once for each item. Its token is cancelled when the map stops.</param>
    /// <param name="options">How; with the defaults if not given.</param>
    /// <param name="weight">About how much work an item is, in any unit; the heaviest begin first. Called before the first item begins.</param>
    /// <param name="cancellationToken">Stops before the next item.</param>
    /// <exception cref="ArgumentNullException">The items or what is to be done are null; thrown at once, not by the task.</exception>
    /// <exception cref="ArgumentException">A weight is not a number.</exception>
    /// <exception cref="OperationCanceledException">The map was cancelled.</exception>
    /// <exception cref="AggregateException">Items have failed, and the others were to be tried all the same.</exception>
    public static Task ForEachAsync<T>(IReadOnlyList<T> items, Func<T, CancellationToken, ValueTask> body, MapOptions? options = null, Func<T, double>? weight = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(body);
        return All();

        async Task All()
        {
            cancellationToken.ThrowIfCancellationRequested();
            var places = new Places<T>(items, weight);
            await RunAsync(places, (place, cancel) => body(places[place], cancel), options, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Run<TBody, TLocal>(TBody body, int count, bool areSorted, MapOptions? options, CancellationToken cancel) where TBody : struct, IBody<TLocal>
    {
        options ??= MapOptions.Default;
        using var ending = new Ending(options.OnFailure, cancel);
        if (options.Progress is null)
        {
            SyncMap<TBody, TLocal>.Run(body, count, areSorted, options, ending, null);
            return;
        }

        var reporter = new Reporter(options.Progress, count, ending);
        SyncMap<Counted<TBody, TLocal>, TLocal>.Run(new(body, reporter), count, areSorted, options, ending, reporter);
    }

    private static async Task RunAsync<T>(Places<T> places, Func<int, CancellationToken, ValueTask> body, MapOptions? options, CancellationToken cancel)
    {
        options ??= MapOptions.Default;
        using var ending = new Ending(options.OnFailure, cancel);
        var reporter = options.Progress is null ? null : new Reporter(options.Progress, places.Count, ending);
        await AsyncMap.RunAsync(places.Count, body, places.ItemAt, options, ending, reporter).ConfigureAwait(false);
    }
}
