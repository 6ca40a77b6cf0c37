namespace Threadwise;

/// <summary>A point where a number of participants wait for one another, phase after phase, without blocking threads.</summary>
/// <remarks>
/// <code>
/// for (var generation = 0; generation &lt; count; generation++)
/// {
///     await ComputeOwnPartAsync(generation, cancellationToken);
///     await barrier.SignalAndWaitAsync(cancellationToken);
/// }
/// </code>
/// <para><b>Cancellation.</b> A participant whose token is cancelled will not arrive any more, so that the others would wait for ever: it breaks the barrier. It gets an
/// <see cref="OperationCanceledException"/>; all others that wait in this phase, or arrive later, get a <see cref="BarrierBrokenException"/>, until <see cref="Reset"/>.
/// A token that is cancelled already on arrival breaks it too. Once the last participant has arrived, the phase is over, and no token changes that.</para>
/// <para><b>Thread safety.</b> All members can be used by any thread. Who the participants are is not known: one that arrives twice counts twice.</para>
/// <para><b>Cost.</b> The last arrival allocates nothing.</para>
/// </remarks>
public sealed class AsyncBarrier : IWaited<bool>
{
    private static readonly Task<bool> s_passed = Task.FromResult(true);

    private readonly Gate _gate = new();
    private readonly Waits<bool> _waits = new();
    private int _arrived;
    private long _phase;
    private bool _isBroken;

    /// <summary>A barrier in its first phase.</summary>
    /// <param name="participants">How many wait for one another.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="participants"/> is less than one.</exception>
    public AsyncBarrier(int participants)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(participants);
        Participants = participants;
    }

    /// <summary>How many wait for one another.</summary>
    public int Participants { get; }

    /// <summary>How many have still to arrive in this phase.</summary>
    public int Remaining
    {
        get
        {
            using (_gate.Enter())
                return Participants - _arrived;
        }
    }

    /// <summary>How many phases were completed.</summary>
    public long Phase
    {
        get
        {
            using (_gate.Enter())
                return _phase;
        }
    }

    /// <summary>Whether a participant was cancelled, so that nobody passes any more until <see cref="Reset"/>.</summary>
    public bool IsBroken => Volatile.Read(ref _isBroken);

    /// <summary>Arrives, and waits until all have.</summary>
    /// <param name="cancellationToken">Takes this participant out of the phase, and so breaks the barrier.</param>
    /// <exception cref="BarrierBrokenException">Another participant was cancelled, or the barrier was reset, before all had arrived.</exception>
    public Task SignalAndWaitAsync(CancellationToken cancellationToken = default)
    {
        Wait<bool>? wait = null, others = null;
        bool isCancelled;
        using (_gate.Enter())
        {
            isCancelled = cancellationToken.IsCancellationRequested;
            if (isCancelled)
                others = Break();
            else if (_isBroken)
                return Broken();
            else if (++_arrived < Participants)
                wait = _waits.Add(new Wait<bool>(this));
            else
                (_arrived, _phase, others) = (0, _phase + 1, _waits.TakeAll());
        }

        if (wait is not null)
            return wait.Until(cancellationToken);
        Waits<bool>.End(others, isCancelled ? Broken() : s_passed);
        return isCancelled ? Task.FromCanceled(cancellationToken) : Task.CompletedTask;
    }

    /// <summary>Starts the phase anew, with all participants still to arrive. Those that wait get a <see cref="BarrierBrokenException"/>.</summary>
    public void Reset()
    {
        Wait<bool>? waits;
        using (_gate.Enter())
            (_isBroken, _arrived, waits) = (false, 0, _waits.TakeAll());
        Waits<bool>.End(waits, Broken());
    }

    bool IWaited<bool>.Leave(Wait<bool> wait)
    {
        Wait<bool>? others;
        using (_gate.Enter())
        {
            if (!_waits.Remove(wait))
                return false;
            others = Break();
        }

        Waits<bool>.End(others, Broken());
        return true;
    }

    private static Task<bool> Broken() => Task.FromException<bool>(new BarrierBrokenException());

    private Wait<bool>? Break()
    {
        (_isBroken, _arrived) = (true, 0);
        return _waits.TakeAll();
    }
}
