namespace Threadwise;

/// <summary>Where those wait who cannot go on yet, behind one gate. Who can is for the lock to say whose room it is.</summary>
/// <remarks>
/// A wait that can be cancelled is made known to its token before it can be granted anything, and is used again only when the token has promised not to call it back. So a
/// call that comes late finds the wait that it was meant for, and finds it over.
/// </remarks>
internal abstract class WaitRoom<TRequest, TScope>(TimeProvider? time) where TScope : struct
{
    /// <summary>Waits that are kept to be used again. With more at a time the rest is left to the garbage collector.</summary>
    public const int MostSpare = 256;

    /// <summary>The longest that timers can be set to, as everywhere in the base library.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private Waiter<TRequest, TScope>? _spare;

    /// <summary>How many waits there are to be used again.</summary>
    public int Spares { get; private set; }

    protected Gate Gate { get; } = new();

    public bool TryEnter(TRequest request, out TScope scope)
    {
        using (Gate.Enter())
            return TryAdmit(request, out scope);
    }

    public ValueTask<TScope> EnterAsync(TRequest request, CancellationToken token)
    {
        if (token.IsCancellationRequested)
            return ValueTask.FromCanceled<TScope>(token);
        Waiter<TRequest, TScope> waiter;
        using (Gate.Enter())
        {
            if (TryAdmit(request, out var scope))
                return new ValueTask<TScope>(scope);
            waiter = Rent(request);
            if (!token.CanBeCanceled)
            {
                Queue(waiter);
                return waiter.Task;
            }
        }

        return EnterAsync(waiter, Timeout.InfiniteTimeSpan, token);
    }

    /// <summary>Ends with no scope when the time is up.</summary>
    public ValueTask<TScope> TryEnterAsync(TRequest request, TimeSpan timeout, CancellationToken token)
    {
        if (timeout != Timeout.InfiniteTimeSpan && (timeout < TimeSpan.Zero || timeout > s_longest))
            throw new ArgumentOutOfRangeException(nameof(timeout), timeout, $"A timeout is infinite, or between zero and {s_longest}.");
        if (token.IsCancellationRequested)
            return ValueTask.FromCanceled<TScope>(token);
        Waiter<TRequest, TScope> waiter;
        using (Gate.Enter())
        {
            if (TryAdmit(request, out var scope) || timeout == TimeSpan.Zero)
                return new ValueTask<TScope>(scope);
            waiter = Rent(request);
        }

        return EnterAsync(waiter, timeout, token);
    }

    /// <summary>Called by tokens and timers. Does nothing when the wait is over.</summary>
    public void Leave(Waiter<TRequest, TScope> waiter, bool isCancelled)
    {
        var over = default(WaitLine<TRequest, TScope>);
        using (Gate.Enter())
        {
            if (waiter.State is not (WaitState.New or WaitState.Waiting))
                return;
            waiter.IsCancelled = isCancelled;
            if (waiter.State == WaitState.New)
                waiter.State = WaitState.Left;
            else if (Left(waiter, ref over))
                End(waiter, ref over);
        }

        over.Complete();
    }

    public void Return(Waiter<TRequest, TScope> waiter)
    {
        waiter.Reset();
        using (Gate.Enter())
            if (Spares < MostSpare)
            {
                Spares++;
                waiter.Next = _spare;
                _spare = waiter;
            }
    }

    /// <summary>Takes what is asked for if nobody has to wait for it. Under the gate.</summary>
    protected abstract bool TryAdmit(TRequest request, out TScope scope);

    /// <summary>Puts a wait that was not admitted at the end of its line. Under the gate.</summary>
    protected abstract void Line(Waiter<TRequest, TScope> waiter);

    /// <summary>A wait leaves its line; it and all who can go on because of that are over. Under the gate.</summary>
    /// <returns>Whether the wait is over itself.</returns>
    protected abstract bool Left(Waiter<TRequest, TScope> waiter, ref WaitLine<TRequest, TScope> over);

    /// <summary>A wait that is over, in line to be told so when the gate is open.</summary>
    protected static void End(Waiter<TRequest, TScope> waiter, ref WaitLine<TRequest, TScope> over)
    {
        waiter.State = WaitState.Over;
        over.Append(waiter);
    }

    protected Waiter<TRequest, TScope> Rent(TRequest request)
    {
        var waiter = _spare;
        if (waiter is null)
            return new Waiter<TRequest, TScope>(this) { Request = request };
        _spare = waiter.Next;
        Spares--;
        waiter.Next = null;
        waiter.Request = request;
        return waiter;
    }

    protected void Arm(Waiter<TRequest, TScope> waiter, TimeSpan timeout, CancellationToken token) => waiter.Arm(timeout, _time, token);

    private void Queue(Waiter<TRequest, TScope> waiter)
    {
        waiter.State = WaitState.Waiting;
        Line(waiter);
    }

    private ValueTask<TScope> EnterAsync(Waiter<TRequest, TScope> waiter, TimeSpan timeout, CancellationToken token)
    {
        Arm(waiter, timeout, token);
        var isQueued = false;
        var isCancelled = false;
        TScope scope = default;
        try
        {
            using (Gate.Enter())
            {
                isCancelled = waiter.IsCancelled;
                isQueued = waiter.State == WaitState.New && !TryAdmit(waiter.Request, out scope);
                if (isQueued)
                {
                    Queue(waiter);
                    return waiter.Task;
                }

                waiter.State = WaitState.Over;
            }
        }
        finally
        {
            if (!isQueued)
                waiter.Discard();
        }

        return isCancelled ? ValueTask.FromCanceled<TScope>(token) : new ValueTask<TScope>(scope);
    }
}
