namespace Threadwise;

/// <summary>A value that is made by asynchronous work when it is first asked for, and made once for all who ask.</summary>
/// <remarks>
/// <code>
/// private readonly AsyncLazy&lt;Settings&gt; _settings = new(token => Settings.LoadAsync(token));
///
/// public async Task&lt;string&gt; NameAsync(CancellationToken cancellationToken) => (await _settings.GetAsync(cancellationToken)).Name;
/// </code>
/// <para><b>Cancellation.</b> A caller's token cancels that caller's wait, with an <see cref="OperationCanceledException"/> of this token, and nothing else. The work has a token
/// of its own, which is cancelled when the last caller that waits has left. A value that the work makes nevertheless is kept; what it throws then is nobody's. Callers that
/// come before such work has ended wait for its end; if it made no value, it is started again for them.</para>
/// <para><b>Failure.</b> By default it is not kept: all who wait get the exception, and the next caller starts anew. See <see cref="OnFailure"/>.</para>
/// <para><b>One at a time.</b> The work never runs twice at the same time, not even after <see cref="Reset"/>. Work that asks for the value it is to make waits for itself.</para>
/// <para><b>Thread safety.</b> All members can be used by any thread. No lock is held while the work runs.</para>
/// <para><b>Cost.</b> Once there is a value, asking for it allocates nothing.</para>
/// </remarks>
/// <typeparam name="T">What is made.</typeparam>
public sealed class AsyncLazy<T>
{
    private readonly Gate _gate = new();
    private readonly Func<CancellationToken, Task<T>> _work;
    private readonly OnFailure _onFailure;

    private Task<T>? _kept;
    private Attempt? _current;
    private Task _last = Task.CompletedTask;

    /// <summary>A value that nothing was done for yet.</summary>
    /// <param name="work">Makes the value. It is called by the first who asks, on that thread.</param>
    /// <param name="onFailure">What a failure means for later callers.</param>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="onFailure"/> is none of its values.</exception>
    public AsyncLazy(Func<CancellationToken, Task<T>> work, OnFailure onFailure = OnFailure.Retry)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (onFailure is < OnFailure.Retry or > OnFailure.Cache)
            throw new ArgumentOutOfRangeException(nameof(onFailure), onFailure, "There is no such way.");
        (_work, _onFailure) = (work, onFailure);
    }

    /// <summary>Whether there is a value.</summary>
    public bool HasValue => Volatile.Read(ref _kept) is { IsCompletedSuccessfully: true };

    /// <summary>The value. The first who asks has it made.</summary>
    /// <param name="cancellationToken">Ends the wait of this caller. If it is cancelled already, nothing is started, and no value is given.</param>
    public Task<T> GetAsync(CancellationToken cancellationToken = default) =>
        Volatile.Read(ref _kept) is not { } kept ? Join(cancellationToken)
        : cancellationToken.IsCancellationRequested ? Task.FromCanceled<T>(cancellationToken) : kept;

    /// <summary>Forgets the value or the failure, so that the next who asks has it made anew. Who waits already gets what is being made.</summary>
    public void Reset()
    {
        using (_gate.Enter())
            (_kept, _current) = (null, null);
    }

    private Task<T> Join(CancellationToken cancellationToken)
    {
        Attempt? started = null;
        Wait<T> wait;
        using (_gate.Enter())
        {
            // Asked for here, so that nothing that happens after the token was cancelled is seen by who has it.
            if (cancellationToken.IsCancellationRequested)
                return Task.FromCanceled<T>(cancellationToken);
            if (_kept is { } kept)
                return kept;
            if (_current is null)
            {
                _current = started = new Attempt(this, _last);
                _last = started.Over;
            }

            wait = _current.Add();
        }

        _ = started?.Run();
        return wait.Until(cancellationToken);
    }

    /// <summary>The work, until it has made a value, has failed, or is not wanted by anyone.</summary>
    private sealed class Attempt(AsyncLazy<T> lazy, Task previous) : IWaited<T>
    {
        private readonly Waits<T> _waits = new();
        private readonly TaskCompletionSource _over = new();
        private CancellationTokenSource _source = new();
        private bool _isAbandoned;

        /// <summary>Awaited by the next attempt alone, which leaves this one's stack at once.</summary>
        public Task Over => _over.Task;

        public Wait<T> Add() => _waits.Add(new Wait<T>(this));

        public bool Leave(Wait<T> wait)
        {
            CancellationTokenSource? abandoned = null;
            using (lazy._gate.Enter())
            {
                if (!_waits.Remove(wait))
                    return false;
                if (_waits.IsEmpty && !_isAbandoned)
                    (_isAbandoned, abandoned) = (true, _source);
            }

            _ = abandoned?.CancelAsync();
            return true;
        }

        public async Task Run()
        {
            if (!previous.IsCompleted)
            {
                await previous.ConfigureAwait(false);
                await default(PoolHop);
            }

            while (true)
            {
                // Nobody else replaces the source.
                var token = _source.Token;
                var ended = token.IsCancellationRequested ? Task.FromCanceled<T>(token) : Ended.Call(lazy._work, token, Task.FromException<T>);
                await ((Task)ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (IsOver(ended))
                    break;
                // Whoever ended the work gets its stack back before the work starts again.
                await default(PoolHop);
            }

            _over.SetResult();
        }

        private bool IsOver(Task<T> ended)
        {
            Wait<T>? waits;
            using (lazy._gate.Enter())
            {
                var isAbandoned = _isAbandoned && !ended.IsCompletedSuccessfully;
                if (isAbandoned && !_waits.IsEmpty)
                {
                    (_isAbandoned, _source) = (false, new CancellationTokenSource());
                    return false;
                }

                if (lazy._current == this)
                    Keep(isAbandoned ? null : ended);
                waits = _waits.TakeAll();
            }

            Waits<T>.End(waits, ended);
            return true;
        }

        private void Keep(Task<T>? ended)
        {
            lazy._current = null;
            if (ended is not null && (ended.IsCompletedSuccessfully || lazy._onFailure == OnFailure.Cache))
                // Read without the gate too: who sees a reference sees what was written before to what it refers to.
                lazy._kept = ended;
        }
    }
}
