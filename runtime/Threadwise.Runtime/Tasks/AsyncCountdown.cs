namespace Threadwise;

/// <summary>An event that happens when it was signalled a number of times, and is awaited without blocking threads.</summary>
/// <remarks>
/// <code>
/// var ready = new AsyncCountdown(services.Count);
/// foreach (var service in services)
///     service.Started += (_, _) => ready.Signal();
/// await ready.WaitAsync(cancellationToken);
/// </code>
/// <para><b>The end.</b> Once nothing remains it stays so: more signals, or more to wait for, are a mistake in the program and throw without changing anything.</para>
/// <para><b>Thread safety.</b> All members can be used by any thread. What follows a wait never runs on the stack of who signals.</para>
/// <para><b>Cost.</b> Signalling allocates nothing, nor does waiting for what has happened.</para>
/// </remarks>
public sealed class AsyncCountdown : IWaited<bool>
{
    private static readonly Task<bool> s_done = Task.FromResult(true);

    private readonly Gate _gate = new();
    private readonly Waits<bool> _waits = new();
    private int _remaining;

    /// <summary>A countdown from a number; from zero, it is done.</summary>
    /// <param name="count">How many signals it takes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public AsyncCountdown(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        _remaining = count;
    }

    /// <summary>How many signals are missing.</summary>
    public int Remaining => Volatile.Read(ref _remaining);

    /// <summary>Whether none is missing.</summary>
    public bool IsDone => Remaining == 0;

    /// <summary>Counts down.</summary>
    /// <param name="count">By how much.</param>
    /// <returns>Whether this was what was missing; true once.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not positive.</exception>
    /// <exception cref="InvalidOperationException">Fewer signals are missing; nothing is counted.</exception>
    public bool Signal(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        Wait<bool>? waits;
        using (_gate.Enter())
        {
            if (count > _remaining)
                throw new InvalidOperationException($"{count} cannot be counted down: {_remaining} remain.");
            _remaining -= count;
            if (_remaining > 0)
                return false;
            waits = _waits.TakeAll();
        }

        Waits<bool>.End(waits, s_done);
        return true;
    }

    /// <summary>Adds to what is missing, unless nothing is.</summary>
    /// <param name="count">How many more signals it takes.</param>
    /// <returns>False, and nothing is added, when it is done.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not positive.</exception>
    /// <exception cref="InvalidOperationException">More than <see cref="int.MaxValue"/> would be missing; nothing is added.</exception>
    public bool TryAdd(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        using (_gate.Enter())
        {
            if (count > int.MaxValue - _remaining)
                throw new InvalidOperationException($"{count} cannot be added to {_remaining}.");
            if (_remaining == 0)
                return false;
            _remaining += count;
            return true;
        }
    }

    /// <summary>Adds to what is missing.</summary>
    /// <param name="count">How many more signals it takes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is not positive.</exception>
    /// <exception cref="InvalidOperationException">It is done, or more than <see cref="int.MaxValue"/> would be missing; nothing is added.</exception>
    public void Add(int count = 1)
    {
        if (!TryAdd(count))
            throw new InvalidOperationException("Nothing can be added: the countdown is done.");
    }

    /// <summary>Waits until no signal is missing.</summary>
    /// <param name="cancellationToken">Ends this wait. If it is cancelled already, the result is a cancelled task even if the countdown is done.</param>
    public Task WaitAsync(CancellationToken cancellationToken = default)
    {
        Wait<bool> wait;
        using (_gate.Enter())
        {
            if (cancellationToken.IsCancellationRequested)
                return Task.FromCanceled(cancellationToken);
            if (_remaining == 0)
                return Task.CompletedTask;
            wait = _waits.Add(new Wait<bool>(this));
        }

        return wait.Until(cancellationToken);
    }

    bool IWaited<bool>.Leave(Wait<bool> wait)
    {
        using (_gate.Enter())
            return _waits.Remove(wait);
    }
}
