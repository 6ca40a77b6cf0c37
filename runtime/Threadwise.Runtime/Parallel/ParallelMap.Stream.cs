namespace Threadwise;

public static partial class ParallelMap
{
    /// <summary>The results of a stream's items, with several items under way at a time, each as soon as it and, if ordered, all before it are there.</summary>
    /// <remarks>
    /// <para>Of results that nobody has asked for yet there are at most twice as many as workers; then nothing more is taken from the source. One item is taken from it at a time.
    /// Whoever stops reading early stops the rest, and goes on when all that was under way has ended.</para>
    /// <para>With <see cref="FailurePolicy.Stop"/> the failure comes after the results of the items before it, as far as they were there.</para>
    /// </remarks>
    /// <param name="source">Where the items come from; read while the results are.</param>
    /// <param name="map">Called once for each item. Its token is cancelled when the stream stops.</param>
    /// <param name="options">How; with the defaults if not given.</param>
    /// <param name="ordered">Whether results come in the order of the items, and not as they are ready.</param>
    /// <param name="cancellationToken">Stops the stream before its next item.</param>
    /// <exception cref="ArgumentNullException">The source or what is to be done is null.</exception>
    /// <exception cref="ArgumentException">The partitioning needs the number of items, which a stream does not have.</exception>
    /// <exception cref="OperationCanceledException">The stream was cancelled.</exception>
    /// <exception cref="AggregateException">Items have failed, and the others were to be tried all the same.</exception>
    public static IAsyncEnumerable<TResult> StreamAsync<T, TResult>(IAsyncEnumerable<T> source, Func<T, CancellationToken, ValueTask<TResult>> map,
        MapOptions? options = null, bool ordered = true, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(map);
        options ??= MapOptions.Default;
        if (options.Partitioning is Partitioning.Blocks or Partitioning.Cyclic or Partitioning.Guided)
            throw new ArgumentException($"Items of a stream cannot be parted by {options.Partitioning}, since their number is not known.", nameof(options));
        return new Streaming<T, TResult>(source, map, options, ordered, cancellationToken);
    }

    /// <summary>The results of a sequence's items, with several items under way at a time, each as soon as it and, if ordered, all before it are there.</summary>
    /// <remarks>As for a stream; the sequence is read by the workers, one at a time.</remarks>
    /// <param name="source">Where the items come from; read while the results are.</param>
    /// <param name="map">Called once for each item. Its token is cancelled when the stream stops.</param>
    /// <param name="options">How; with the defaults if not given.</param>
    /// <param name="ordered">Whether results come in the order of the items, and not as they are ready.</param>
    /// <param name="cancellationToken">Stops the stream before its next item.</param>
    /// <exception cref="ArgumentNullException">The source or what is to be done is null.</exception>
    /// <exception cref="ArgumentException">The partitioning needs the number of items, which a stream does not have.</exception>
    /// <exception cref="OperationCanceledException">The stream was cancelled.</exception>
    /// <exception cref="AggregateException">Items have failed, and the others were to be tried all the same.</exception>
    public static IAsyncEnumerable<TResult> StreamAsync<T, TResult>(IEnumerable<T> source, Func<T, CancellationToken, ValueTask<TResult>> map,
        MapOptions? options = null, bool ordered = true, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return StreamAsync(OneByOne(source), map, options, ordered, cancellationToken);
    }

    private static async IAsyncEnumerable<T> OneByOne<T>(IEnumerable<T> source)
    {
        foreach (var item in source)
            yield return item;
        await Task.CompletedTask.ConfigureAwait(false);
    }
}
