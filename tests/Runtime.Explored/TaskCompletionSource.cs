using System.Reflection;
using System.Runtime.CompilerServices;

namespace Threadwise;

/// <summary>What the library calls by this name. Where what follows is to run elsewhere, it is a thread of the model that begins as the task ends.</summary>
internal class TaskCompletionSource<T>(TaskCreationOptions options = TaskCreationOptions.None) : System.Threading.Tasks.TaskCompletionSource<T>
{
    private readonly bool _isElsewhere = options.HasFlag(TaskCreationOptions.RunContinuationsAsynchronously);

    public new void SetResult(T result) => Elsewhere.Expect(TrySetResult(result));

    public new bool TrySetResult(T result) => Elsewhere.End(Task, _isElsewhere, () => base.TrySetResult(result));

    public new bool TrySetException(Exception exception) => Elsewhere.End(Task, _isElsewhere, () => base.TrySetException(exception));

    public new bool TrySetException(IEnumerable<Exception> exceptions) => Elsewhere.End(Task, _isElsewhere, () => base.TrySetException(exceptions));

    public new bool TrySetCanceled(CancellationToken token) => Elsewhere.End(Task, _isElsewhere, () => base.TrySetCanceled(token));

    /// <summary>As an asynchronous method ends that was left with this.</summary>
    public bool TrySetCanceled(OperationCanceledException exception) => Elsewhere.End(Task, _isElsewhere, () => Elsewhere.Cancel(Task, exception.CancellationToken, exception));
}

/// <summary>What the library calls by this name. See the one with a result.</summary>
internal class TaskCompletionSource(TaskCreationOptions options = TaskCreationOptions.None) : System.Threading.Tasks.TaskCompletionSource
{
    private readonly bool _isElsewhere = options.HasFlag(TaskCreationOptions.RunContinuationsAsynchronously);

    public new void SetResult() => Elsewhere.Expect(TrySetResult());

    public new bool TrySetResult() => Elsewhere.End(Task, _isElsewhere, () => base.TrySetResult());

    public new void SetException(Exception exception) => Elsewhere.Expect(TrySetException(exception));

    public new bool TrySetException(Exception exception) => Elsewhere.End(Task, _isElsewhere, () => base.TrySetException(exception));

    public new bool TrySetCanceled(CancellationToken token) => Elsewhere.End(Task, _isElsewhere, () => base.TrySetCanceled(token));
}

/// <summary>What the library calls by this name. What is registered with its token is called by another thread of the model where the pool would call it.</summary>
internal class CancellationTokenSource : System.Threading.CancellationTokenSource
{
    private static readonly FieldInfo s_registered = typeof(System.Threading.CancellationTokenSource).GetField("_registrations", BindingFlags.Instance | BindingFlags.NonPublic)!;

    public new Task CancelAsync()
    {
        if (!Steps.IsHere() || IsCancellationRequested || s_registered.GetValue(this) is null)
            return base.CancelAsync();
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Steps.Fork(() =>
        {
            try
            {
                Cancel();
                over.SetResult();
            }
            catch (AggregateException exception)
            {
                over.SetException(exception);
            }
        });
        Steps.Await(() => IsCancellationRequested);
        return over.Task;
    }
}

/// <summary>Ends tasks.</summary>
internal static class Elsewhere
{
    /// <summary>Ends the task. What follows it is taken off it, if the pool would have to run some of it, and each is done by another thread of the model.</summary>
    public static bool End(Task task, bool isElsewhere, Func<bool> end)
    {
        Plain.Publish();
        if (!Steps.IsHere() || task.IsCompleted || Following(task) is not { } next)
            return end();
        var all = next as List<object?> ?? [next];
        if (!isElsewhere && all.Count == 1 && SynchronizationContext.Current is null)
            return end();
        Following(task) = null;
        end();
        foreach (var one in all.OfType<object>())
        {
            var other = new System.Threading.Tasks.TaskCompletionSource();
            Following(other.Task) = one;
            Steps.Fork(other.SetResult);
        }

        return true;
    }

    public static void Expect(bool hasEnded)
    {
        if (!hasEnded)
            throw new InvalidOperationException("The task is over already.");
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "TrySetCanceled")]
    public static extern bool Cancel(Task task, CancellationToken token, object? exception);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "m_continuationObject")]
    private static extern ref object? Following(Task task);
}
