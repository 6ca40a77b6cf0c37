using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Threadwise;

/// <summary>Where pipelines begin. See <see cref="Pipeline{T}"/>.</summary>
public static class Pipeline
{
    /// <summary>A pipeline of the items of a sequence, which is read on the thread pool.</summary>
    /// <param name="source">The items. It is enumerated once in each run.</param>
    /// <param name="capacity">How many items can wait for the first stage.</param>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is less than one.</exception>
    public static Pipeline<T> From<T>(IEnumerable<T> source, int capacity = 16)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        return new Pipeline<T>(group => Connect<T>(group, capacity, async (output, token) =>
        {
            foreach (var item in source)
                await output.WriteAsync(item, token).ConfigureAwait(false);
        }));
    }

    /// <summary>A pipeline of the items of an asynchronous sequence.</summary>
    /// <param name="source">The items. It is enumerated once in each run, with a token that is cancelled when the run is.</param>
    /// <param name="capacity">How many items can wait for the first stage.</param>
    /// <exception cref="ArgumentNullException"><paramref name="source"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is less than one.</exception>
    public static Pipeline<T> From<T>(IAsyncEnumerable<T> source, int capacity = 16)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        return new Pipeline<T>(group => Connect<T>(group, capacity, async (output, token) =>
        {
            await foreach (var item in source.WithCancellation(token).ConfigureAwait(false))
                await output.WriteAsync(item, token).ConfigureAwait(false);
        }));
    }

    /// <summary>Starts what writes to a channel, and gives what others read from it. It ends when the writing ended well; if not, the group does.</summary>
    internal static ChannelReader<T> Connect<T>(TaskGroup group, int capacity, Func<ChannelWriter<T>, CancellationToken, Task> write)
    {
        var channel = Channel.CreateBounded<T>(capacity);
        _ = group.Start(async token =>
        {
            await default(PoolHop);
            await write(channel.Writer, token).ConfigureAwait(false);
            channel.Writer.Complete();
        });
        return channel.Reader;
    }
}

/// <summary>Stages that work side by side, each on the items that the one before has finished, with bounded queues between them.</summary>
/// <remarks>
/// <code>
/// await Pipeline.From(files)
///     .Then(async (file, token) => await File.ReadAllTextAsync(file, token), degree: 2)
///     .Then((text, token) => ValueTask.FromResult(Parse(text)), degree: 4)
///     .Run(async (document, token) => await store.SaveAsync(document, token), cancellationToken);
/// </code>
/// <para><b>Bounds.</b> A stage works on as many items at once as its degree, and stops when the queue behind it is full, so that memory does not grow with the number of items.</para>
/// <para><b>Failure.</b> The first exception of a stage, of the source or of the end cancels all the others, drops what is under way, and is thrown by the run when all have
/// ended; see <see cref="TaskGroup"/>.</para>
/// <para><b>Cancellation.</b> It stops the source and all stages between two items, and is passed to what they do. The run ends when that has ended.</para>
/// <para><b>Thread safety.</b> A pipeline says what is to be done; it has no state, can be used by any thread, and can be run again, if its source can.</para>
/// </remarks>
/// <typeparam name="T">What comes out of the last stage.</typeparam>
public sealed class Pipeline<T>
{
    private readonly Func<TaskGroup, ChannelReader<T>> _connect;

    internal Pipeline(Func<TaskGroup, ChannelReader<T>> connect) => _connect = connect;

    /// <summary>Adds a stage.</summary>
    /// <param name="stage">What is done with an item. It is called on the thread pool.</param>
    /// <param name="degree">On how many items it works at once.</param>
    /// <param name="capacity">How many results can wait for the next stage.</param>
    /// <param name="ordered">Whether results go on in the order of the items, those that are finished early waiting for the ones before; else as they are finished.</param>
    /// <exception cref="ArgumentNullException"><paramref name="stage"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="degree"/> or <paramref name="capacity"/> is less than one.</exception>
    public Pipeline<TResult> Then<TResult>(Func<T, CancellationToken, ValueTask<TResult>> stage, int degree = 1, int capacity = 16, bool ordered = true)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degree);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        var work = new PipelineStage<T, TResult>(stage, degree, capacity);
        return new Pipeline<TResult>(group => ordered && degree > 1 ? work.ConnectInOrder(group, _connect(group)) : work.Connect(group, _connect(group)));
    }

    /// <summary>Runs the pipeline to its end, and drops what comes out of the last stage.</summary>
    /// <param name="cancellationToken">Cancels the run. If it is cancelled already, nothing is read from the source.</param>
    public Task Run(CancellationToken cancellationToken = default) => Run(static (_, _) => default, cancellationToken);

    /// <summary>Runs the pipeline to its end.</summary>
    /// <param name="end">What is done with each item that comes out of the last stage, one after the other, on the thread pool.</param>
    /// <param name="cancellationToken">Cancels the run. If it is cancelled already, nothing is read from the source.</param>
    /// <exception cref="ArgumentNullException"><paramref name="end"/> is null.</exception>
    public Task Run(Func<T, CancellationToken, ValueTask> end, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(end);
        return TaskGroup.Run(async group =>
        {
            await default(PoolHop);
            await foreach (var item in _connect(group).ReadAllAsync(group.Token).ConfigureAwait(false))
            {
                group.Token.ThrowIfCancellationRequested();
                await end(item, group.Token).ConfigureAwait(false);
            }
        }, cancellationToken);
    }

    /// <summary>Runs the pipeline to its end, and gives all that comes out of the last stage.</summary>
    /// <param name="cancellationToken">Cancels the run. If it is cancelled already, nothing is read from the source.</param>
    public async Task<List<T>> ToListAsync(CancellationToken cancellationToken = default)
    {
        var all = new List<T>();
        await Run((item, _) =>
        {
            all.Add(item);
            return default;
        }, cancellationToken).ConfigureAwait(false);
        return all;
    }

    /// <summary>Runs the pipeline while its results are enumerated. Leaving the enumeration early cancels the run, and waits for it.</summary>
    /// <param name="cancellationToken">Cancels the run. If it is cancelled already, nothing is read from the source.</param>
    public async IAsyncEnumerable<T> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var group = new TaskGroup(cancellationToken);
        await using (group.ConfigureAwait(false))
        {
            var output = _connect(group);
            while (await HasMore(group, output).ConfigureAwait(false))
                while (!group.Token.IsCancellationRequested && output.TryRead(out var item))
                    yield return item;
            await group.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>False when the run was cancelled, too: the group knows why.</summary>
    private static async ValueTask<bool> HasMore(TaskGroup group, ChannelReader<T> output)
    {
        try
        {
            return await output.WaitToReadAsync(group.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (group.Token.IsCancellationRequested)
        {
            return false;
        }
    }
}
