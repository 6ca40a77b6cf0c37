namespace Threadwise;

/// <summary>What the library calls by this name: each work item is a thread of the model.</summary>
internal static class ThreadPool
{
    public static bool UnsafeQueueUserWorkItem<T>(Action<T> work, T state, bool preferLocal)
    {
        Steps.Fork(() => work(state));
        return true;
    }

    public static bool UnsafeQueueUserWorkItem(IThreadPoolWorkItem work, bool preferLocal)
    {
        Steps.Fork(work.Execute);
        return true;
    }
}
