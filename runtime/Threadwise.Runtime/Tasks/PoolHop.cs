using System.Runtime.CompilerServices;

namespace Threadwise;

/// <summary>What follows an <c>await</c> of this runs on the thread pool, and never on the stack of who came here.</summary>
internal readonly struct PoolHop : ICriticalNotifyCompletion
{
    public bool IsCompleted => false;

    public PoolHop GetAwaiter() => this;

    public void GetResult()
    {
    }

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation) => ThreadPool.UnsafeQueueUserWorkItem(static next => next(), continuation, preferLocal: false);
}
