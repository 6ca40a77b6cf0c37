namespace Threadwise;

/// <summary>How often an item is tried again when it fails, and after what time.</summary>
/// <remarks>What an item throws because the map stops is no failure, and never tried again. <b>Thread safety.</b> It never changes.</remarks>
public sealed record Retry
{
    private readonly Func<Exception, bool> _when = static _ => true;
    private readonly TimeProvider _clock = TimeProvider.System;

    /// <summary>So many further tries.</summary>
    /// <param name="times">After the first try.</param>
    /// <param name="delay">The time before the first further try; a synchronous map's worker sleeps that long.</param>
    /// <param name="growth">How much longer each further delay is: with 2 they double.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number or the delay is negative, or the growth is less than one or not a number.</exception>
    public Retry(int times, TimeSpan delay = default, double growth = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        if (!(growth >= 1))
            throw new ArgumentOutOfRangeException(nameof(growth), growth, "Delays cannot shrink.");
        (Times, Delay, Growth) = (times, delay, growth);
    }

    /// <summary>Every item is tried once.</summary>
    public static Retry None { get; } = new(0);

    /// <summary>How many further tries there are at most.</summary>
    public int Times { get; }

    /// <summary>The time before the first further try.</summary>
    public TimeSpan Delay { get; }

    /// <summary>How much longer each further delay is.</summary>
    public double Growth { get; }

    /// <summary>Whether trying again can help after this failure. Called by workers, side by side; what it throws fails the map.</summary>
    /// <exception cref="ArgumentNullException">Set to null.</exception>
    public Func<Exception, bool> When
    {
        get => _when;
        init => _when = value ?? throw new ArgumentNullException(nameof(When));
    }

    /// <summary>What measures the delays.</summary>
    /// <exception cref="ArgumentNullException">Set to null.</exception>
    public TimeProvider Clock
    {
        get => _clock;
        init => _clock = value ?? throw new ArgumentNullException(nameof(Clock));
    }

    internal bool Permits(int triesSoFar, Exception failure) => triesSoFar <= Times && When(failure);

    /// <returns>False when the map has stopped meanwhile.</returns>
    internal async Task<bool> PauseAsync(int triesSoFar, CancellationToken cancel)
    {
        var milliseconds = Delay.TotalMilliseconds * Math.Pow(Growth, triesSoFar - 1);
        if (milliseconds > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(milliseconds, int.MaxValue)), Clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancel.IsCancellationRequested;
    }
}
