namespace Threadwise;

/// <summary>Work for the newest of many inputs: a new one cancels the work for the one before and replaces it. It keeps a user interface responsive while somebody types.</summary>
/// <remarks>
/// <code>
/// _search = new Latest&lt;string&gt;(async (text, token) => Show(await _catalogue.FindAsync(text, token)), quiet: TimeSpan.FromMilliseconds(300));
///
/// private void OnTextChanged(object? sender, EventArgs e) => _search.Post(_box.Text);
/// </code>
/// <para><b>One at a time.</b> Work for an input starts when that for the one before is over, so an older result never replaces a newer one. Inputs between that are replaced
/// before their work has started are dropped. With a quiet time, work starts when no input came for so long; it is cancelled by the next input at once all the same.</para>
/// <para><b>Where it runs.</b> The work is called in the <see cref="SynchronizationContext"/> in which this was made, that of a user interface say; without one, on the thread pool.</para>
/// <para><b>Failure.</b> What the work throws goes to the error sink, as with <see cref="Forgotten.Forget(Task, Action{Exception}?)"/>, and the next input is served. Cancellation
/// is no failure.</para>
/// <para><b>Thread safety.</b> All members can be used by any thread. <see cref="Post"/> never waits.</para>
/// </remarks>
/// <typeparam name="T">The inputs.</typeparam>
public sealed class Latest<T> : IAsyncDisposable, IWaited<bool>
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);
    private static readonly Task<bool> s_idle = Task.FromResult(true);

    private readonly Gate _gate = new();
    private readonly Waits<bool> _idle = new();
    private readonly Func<T, CancellationToken, Task> _work;
    private readonly Action<Exception>? _onError;
    private readonly SynchronizationContext? _context = SynchronizationContext.Current;
    private readonly TimeProvider _time;
    private readonly TimeSpan _quiet;
    private readonly ITimer? _timer;

    // The input whose work has not started, when it came, and whether its quiet time is over.
    private T _input = default!;
    private long _came;
    private bool _hasInput;
    private bool _isDue;

    // The token of the work that runs, if any does.
    private CancellationTokenSource? _running;
    private bool _isDisposed;

    /// <summary>Work for inputs that are to come.</summary>
    /// <param name="work">What is done for an input. Its token is cancelled when there is a newer one.</param>
    /// <param name="quiet">How long no input must come before work starts; zero to start at once.</param>
    /// <param name="time">The clock for the quiet time; that of the system if it is null.</param>
    /// <param name="onError">Gets what the work throws; if it is null, <see cref="Forgotten.OnError"/> does.</param>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="quiet"/> is negative, or longer than a timer can be.</exception>
    public Latest(Func<T, CancellationToken, Task> work, TimeSpan quiet = default, TimeProvider? time = null, Action<Exception>? onError = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentOutOfRangeException.ThrowIfLessThan(quiet, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quiet, s_longest);
        (_work, _quiet, _onError, _time) = (work, quiet, onError, time ?? TimeProvider.System);
        if (quiet > TimeSpan.Zero)
            _timer = _time.CreateTimer(static latest => ((Latest<T>)latest!).EndQuiet(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether no input waits, and no work runs.</summary>
    public bool IsIdle
    {
        get
        {
            using (_gate.Enter())
                return !_hasInput && _running is null;
        }
    }

    /// <summary>Replaces the input whose work has not started, if there is one, and cancels the work that runs.</summary>
    /// <param name="input">The newest input.</param>
    /// <exception cref="ObjectDisposedException">This was disposed of.</exception>
    public void Post(T input)
    {
        CancellationTokenSource? outdated;
        var now = _time.GetTimestamp();
        using (_gate.Enter())
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            (_input, _hasInput, _isDue, _came) = (input, true, _timer is null, now);
            outdated = _running;
        }

        Cancel(outdated);
        if (_timer is null)
            StartNext();
        else
            _timer.Change(_quiet, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Waits until no input waits, and no work runs.</summary>
    /// <param name="cancellationToken">Ends this wait. If it is cancelled already, the result is a cancelled task in any case.</param>
    public Task WhenIdleAsync(CancellationToken cancellationToken = default)
    {
        Wait<bool> wait;
        using (_gate.Enter())
        {
            if (cancellationToken.IsCancellationRequested)
                return Task.FromCanceled(cancellationToken);
            if (!_hasInput && _running is null)
                return Task.CompletedTask;
            wait = _idle.Add(new Wait<bool>(this));
        }

        return wait.Until(cancellationToken);
    }

    /// <summary>Drops the input whose work has not started, cancels the work that runs, and waits for it; so it is not for the work itself. Later inputs throw.</summary>
    public ValueTask DisposeAsync()
    {
        CancellationTokenSource? outdated;
        Wait<bool>? idle = null;
        using (_gate.Enter())
        {
            (_isDisposed, _hasInput, _input, outdated) = (true, false, default!, _running);
            if (outdated is null)
                idle = _idle.TakeAll();
        }

        Waits<bool>.End(idle, s_idle);
        Cancel(outdated);
        _timer?.Dispose();
        return new ValueTask(WhenIdleAsync());
    }

    bool IWaited<bool>.Leave(Wait<bool> wait)
    {
        using (_gate.Enter())
            return _idle.Remove(wait);
    }

    private void Cancel(CancellationTokenSource? outdated) => outdated?.CancelAsync().Forget(_onError);

    private void EndQuiet()
    {
        TimeSpan left;
        using (_gate.Enter())
        {
            // The timer may have been on its way when a newer input came.
            left = _quiet - _time.GetElapsedTime(_came);
            _isDue = left <= TimeSpan.Zero;
        }

        if (left > TimeSpan.Zero)
            _timer!.Change(left, Timeout.InfiniteTimeSpan);
        else
            StartNext();
    }

    private void StartNext()
    {
        T input;
        CancellationTokenSource source;
        using (_gate.Enter())
        {
            if (!_hasInput || !_isDue || _running is not null)
                return;
            (input, _input, _hasInput) = (_input, default!, false);
            _running = source = new CancellationTokenSource();
        }

        try
        {
            if (_context is null)
                ThreadPool.UnsafeQueueUserWorkItem(static start => start.Latest.Start(start.Input, start.Source),
                    (Latest: this, Input: input, Source: source), preferLocal: false);
            else
                _context.Post(_ => Start(input, source), null);
        }
        catch (Exception exception)
        {
            _ = Follow(Task.FromException(exception));
        }
    }

    private void Start(T input, CancellationTokenSource source) =>
        _ = Follow(source.IsCancellationRequested ? Task.CompletedTask : Ended.Call(token => _work(input, token), source.Token, Task.FromException));

    private async Task Follow(Task work)
    {
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        work.Forget(_onError);
        Wait<bool>? idle = null;
        using (_gate.Enter())
        {
            _running = null;
            if (!_hasInput)
                idle = _idle.TakeAll();
        }

        Waits<bool>.End(idle, s_idle);
        StartNext();
    }
}
