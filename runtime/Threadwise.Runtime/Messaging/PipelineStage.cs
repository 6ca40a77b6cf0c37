using System.Threading.Channels;

namespace Threadwise;

/// <summary>How one stage of a <see cref="Pipeline{T}"/> reads its items and writes its results.</summary>
internal sealed class PipelineStage<T, TResult>(Func<T, CancellationToken, ValueTask<TResult>> stage, int degree, int capacity)
{
    /// <summary>As many workers as the degree, each with an item at a time.</summary>
    public ChannelReader<TResult> Connect(TaskGroup group, ChannelReader<T> input) => Pipeline.Connect<TResult>(group, capacity, (output, _) =>
    {
        var workers = new Task[degree];
        for (var i = 0; i < degree; i++)
            workers[i] = group.Start(token => Work(input, output, token));
        return Task.WhenAll(workers);
    });

    /// <summary>One that starts the work on each item, and one that waits for the results in the order in which they were started.</summary>
    public ChannelReader<TResult> ConnectInOrder(TaskGroup group, ChannelReader<T> input)
    {
        var started = Pipeline.Connect<Task<TResult>>(group, Math.Max(degree, capacity), (output, token) => StartAll(group, input, output, token));
        return Pipeline.Connect<TResult>(group, 1, async (output, token) =>
        {
            await foreach (var result in started.ReadAllAsync(token).ConfigureAwait(false))
                await output.WriteAsync(await result.ConfigureAwait(false), token).ConfigureAwait(false);
        });
    }

    private async Task Work(ChannelReader<T> input, ChannelWriter<TResult> output, CancellationToken token)
    {
        await default(PoolHop);
        await foreach (var item in input.ReadAllAsync(token).ConfigureAwait(false))
        {
            token.ThrowIfCancellationRequested();
            await output.WriteAsync(await stage(item, token).ConfigureAwait(false), token).ConfigureAwait(false);
        }
    }

    private async Task StartAll(TaskGroup group, ChannelReader<T> input, ChannelWriter<Task<TResult>> output, CancellationToken token)
    {
        // Never disposed of: it makes no handle, and work may give its place back after this has ended.
        var places = new SemaphoreSlim(degree);
        await foreach (var item in input.ReadAllAsync(token).ConfigureAwait(false))
        {
            await places.WaitAsync(token).ConfigureAwait(false);
            await output.WriteAsync(group.Start(token => WorkOn(item, places, token)), token).ConfigureAwait(false);
        }
    }

    private async Task<TResult> WorkOn(T item, SemaphoreSlim places, CancellationToken token)
    {
        await default(PoolHop);
        try
        {
            return await stage(item, token).ConfigureAwait(false);
        }
        finally
        {
            places.Release();
        }
    }
}
