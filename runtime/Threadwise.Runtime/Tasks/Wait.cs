namespace Threadwise;

/// <summary>What is waited for, and who decides whether a wait may end early.</summary>
internal interface IWaited<T>
{
    /// <summary>Called when the token of a wait is cancelled.</summary>
    /// <returns>Whether the wait ends for that; false when it got what it waited for.</returns>
    bool Leave(Wait<T> wait);
}

/// <summary>The wait of one caller. It ends once: by what was waited for, or by the caller's token; what follows it never runs on the stack of who ended it.</summary>
internal sealed class Wait<T>(IWaited<T> waited) : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private CancellationTokenRegistration _registration;
    private int _steps;

    /// <summary>The list it stands in, and its neighbours there. Guarded by the lock of what is waited for.</summary>
    public Waits<T>? List { get; set; }

    public Wait<T>? Next { get; set; }

    public Wait<T>? Previous { get; set; }

    /// <summary>Lets the token end the wait from now on.</summary>
    public Task<T> Until(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            _registration = cancellationToken.UnsafeRegister(static (wait, token) => ((Wait<T>)wait!).Leave(token), this);
            Unregister();
        }

        return Task;
    }

    /// <summary>Ends as the task did. Called once, by who took it off its list.</summary>
    public void End(Task<T> ended)
    {
        this.EndAs(ended);
        Unregister();
    }

    private void Leave(CancellationToken cancellationToken)
    {
        if (waited.Leave(this))
            TrySetCanceled(cancellationToken);
    }

    /// <summary>The wait may end while it is being registered: of the two, who comes last takes the registration back.</summary>
    private void Unregister()
    {
        if (Interlocked.Increment(ref _steps) == 2)
            _registration.Unregister();
    }
}

/// <summary>Waits for one thing, the oldest first. Guarded by the lock of what is waited for.</summary>
internal sealed class Waits<T>
{
    private Wait<T>? _first;
    private Wait<T>? _last;

    public bool IsEmpty => _first is null;

    public Wait<T> Add(Wait<T> wait)
    {
        (wait.List, wait.Previous) = (this, _last);
        if (_last is null)
            _first = wait;
        else
            _last.Next = wait;
        return _last = wait;
    }

    /// <summary>False when it was taken off before.</summary>
    public bool Remove(Wait<T> wait)
    {
        if (wait.List != this)
            return false;
        if (wait.Previous is null)
            _first = wait.Next;
        else
            wait.Previous.Next = wait.Next;
        if (wait.Next is null)
            _last = wait.Previous;
        else
            wait.Next.Previous = wait.Previous;
        (wait.List, wait.Previous, wait.Next) = (null, null, null);
        return true;
    }

    /// <summary>Takes all off. They are chained by <see cref="Wait{T}.Next"/>, and are to be ended with <see cref="End"/> outside the lock.</summary>
    public Wait<T>? TakeAll()
    {
        var all = _first;
        for (var wait = all; wait is not null; wait = wait.Next)
            wait.List = null;
        (_first, _last) = (null, null);
        return all;
    }

    public static void End(Wait<T>? first, Task<T> ended)
    {
        for (Wait<T>? wait = first, next; wait is not null; wait = next)
        {
            next = wait.Next;
            wait.Next = wait.Previous = null;
            wait.End(ended);
        }
    }
}
