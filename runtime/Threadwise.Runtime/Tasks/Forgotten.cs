namespace Threadwise;

/// <summary>Tasks that nobody waits for, on purpose. What they throw is not lost: it goes to an error sink.</summary>
/// <remarks>
/// <code>
/// Forgotten.OnError = exception => logger.LogError(exception, "background work failed");
///
/// cache.RefreshAsync().Forget();
/// </code>
/// <para>Cancellation is no error. A task that fails with several exceptions gives an <see cref="AggregateException"/> of them; otherwise the sink gets the exception itself.
/// The sink is called once for each task, on the thread pool, never on the stack of the caller or of the task. Without a sink, and for what a sink throws, there is what there
/// always was: <see cref="TaskScheduler.UnobservedTaskException"/>.</para>
/// <para>Work that should end with what started it belongs in a <see cref="TaskGroup"/>: forgotten tasks may outlive everything, and are cut off when the process ends.</para>
/// </remarks>
public static class Forgotten
{
    private static Action<Exception>? s_onError;

    /// <summary>The sink of all tasks that are forgotten without one of their own. It is asked for when a task fails. Null at first.</summary>
    public static Action<Exception>? OnError
    {
        get => Volatile.Read(ref s_onError);
        // Who sees a reference sees what was written before to what it refers to.
        set => s_onError = value;
    }

    /// <summary>Does not wait for the task, and has its failure reported.</summary>
    /// <param name="task">The task.</param>
    /// <param name="onError">The sink; that of <see cref="OnError"/> if it is null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="task"/> is null.</exception>
    public static void Forget(this Task task, Action<Exception>? onError = null)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (!task.IsCompletedSuccessfully)
            _ = Watch(task, onError);
    }

    /// <summary>Does not wait for the task, and has its failure reported.</summary>
    /// <param name="task">The task.</param>
    /// <param name="onError">The sink; that of <see cref="OnError"/> if it is null.</param>
    public static void Forget(this ValueTask task, Action<Exception>? onError = null)
    {
        if (task.IsCompletedSuccessfully)
            // What it came from may be waiting to be used again.
            task.GetAwaiter().GetResult();
        else
            task.AsTask().Forget(onError);
    }

    /// <summary>Does not wait for the task, and has its failure reported.</summary>
    /// <param name="task">The task.</param>
    /// <param name="onError">The sink; that of <see cref="OnError"/> if it is null.</param>
    public static void Forget<T>(this ValueTask<T> task, Action<Exception>? onError = null)
    {
        if (task.IsCompletedSuccessfully)
            _ = task.Result;
        else
            task.AsTask().Forget(onError);
    }

    private static async Task Watch(Task task, Action<Exception>? onError)
    {
        // Once awaited like this a failure counts as seen: it has to be reported, or thrown again.
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!task.IsFaulted)
            return;
        await default(PoolHop);
        var exception = task.Exception.InnerExceptions is [var only] ? only : task.Exception;
        if (exception is OperationCanceledException)
            return;
        if ((onError ?? OnError) is { } sink)
            sink(exception);
        else
            throw exception;
    }
}
