namespace Threadwise;

/// <summary>What the library calls by this name, where it is awaited: whoever gets in goes on as a thread of the model.</summary>
internal sealed class SemaphoreSlim(int count) : IDisposable
{
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private int _count = count;

    public Task WaitAsync(CancellationToken token)
    {
        Steps.Fence();
        if (token.IsCancellationRequested)
            return Task.FromCanceled(token);
        if (_count > 0)
        {
            _count--;
            return Task.CompletedTask;
        }

        var wait = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.AddLast(wait);
        token.UnsafeRegister(_ =>
        {
            if (_waiting.Remove(wait))
                wait.TrySetCanceled(token);
        }, null);
        return wait.Task;
    }

    public void Release()
    {
        Steps.Fence();
        if (_waiting.First?.Value is not { } first)
        {
            _count++;
            return;
        }

        _waiting.RemoveFirst();
        first.SetResult();
    }

    public void Dispose()
    {
    }
}
