namespace Threadwise;

/// <summary>Tasks that are over, and how they ended.</summary>
internal static class Ended
{
    /// <summary>The task that the work returns. What it throws before that, or a task that is not there, is a task that failed.</summary>
    public static TTask Call<TArgument, TTask>(Func<TArgument, TTask> work, TArgument argument, Func<Exception, TTask> failed) where TTask : Task
    {
        try
        {
            return work(argument) ?? failed(new InvalidOperationException("The work returned null where a task was expected."));
        }
        catch (Exception exception)
        {
            return failed(exception);
        }
    }

    /// <summary>All that a task threw, which it then need not throw to anyone else; nothing when it succeeded.</summary>
    public static IReadOnlyList<Exception> Failures(Task ended) =>
        ended.IsFaulted ? ended.Exception.InnerExceptions : ended.IsCanceled ? [new TaskCanceledException(ended)] : [];

    /// <summary>Ends as the other task did, unless it is over already.</summary>
    public static void EndAs<T>(this TaskCompletionSource<T> source, Task<T> ended)
    {
        if (ended.IsCompletedSuccessfully)
            source.TrySetResult(ended.Result);
        else if (ended.IsCanceled)
            source.TrySetCanceled(new TaskCanceledException(ended).CancellationToken);
        else
            source.TrySetException(ended.Exception!.InnerExceptions);
    }
}
