namespace Threadwise;

/// <summary>Many readers at a time, or one writer; awaited, and held across <c>await</c>. Whoever waits gets in in the order of asking, readers that stand together all at once.</summary>
/// <remarks>
/// <code>
/// private readonly AsyncReaderWriterLock _gate = new();
///
/// using (await _gate.ReadAsync(cancellationToken))
///     return await FindAsync(key);
///
/// using (await _gate.WriteAsync(cancellationToken))
///     await ReplaceAsync(key, value);
/// </code>
/// <para><b>Fairness.</b> A reader that comes after a waiting writer waits too, so readers never keep a writer out for ever, nor writers a reader.</para>
/// <para><b>It is not reentrant, and a read cannot be made a write.</b> A flow that reads and asks to write, or to read while a writer waits, waits for itself.</para>
/// <para><b>Cancellation.</b> A token that is cancelled already never acquires. One that is cancelled while waiting ends the wait with an
/// <see cref="OperationCanceledException"/> that carries it, unless the lock was handed over first; readers behind a writer that leaves go in at once.</para>
/// <para><b>Continuations</b> never run inside the call that gives the lock back. <b>Cost.</b> Nothing is allocated once as many scopes and waits have existed at a time
/// as ever will; only a wait with a timeout allocates its timer. There is nothing to dispose of but the scopes.</para>
/// <para><b>Thread safety.</b> All members can be used by any thread.</para>
/// </remarks>
/// <param name="timeProvider">The clock of timeouts; that of the system if null.</param>
public sealed class AsyncReaderWriterLock(TimeProvider? timeProvider = null)
{
    private readonly Room _room = new(timeProvider);

    internal int SpareWaits => _room.Spares;

    /// <summary>Waits to read as long as needed. Disposing of the scope gives the lock back.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before the lock was got.</exception>
    public ValueTask<Scope> ReadAsync(CancellationToken cancellationToken = default) => _room.EnterAsync(false, cancellationToken);

    /// <summary>Waits to write as long as needed. Disposing of the scope gives the lock back.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before the lock was got.</exception>
    public ValueTask<Scope> WriteAsync(CancellationToken cancellationToken = default) => _room.EnterAsync(true, cancellationToken);

    /// <summary>Waits to read, but no longer than so long.</summary>
    /// <param name="timeout">Zero not to wait, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">Ends the wait earlier.</param>
    /// <returns>A scope whose <see cref="Scope.IsHeld"/> is false when the time was up.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative, or longer than timers last (49 days).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the lock was got.</exception>
    public ValueTask<Scope> TryReadAsync(TimeSpan timeout, CancellationToken cancellationToken = default) => _room.TryEnterAsync(false, timeout, cancellationToken);

    /// <summary>Waits to write, but no longer than so long.</summary>
    /// <param name="timeout">Zero not to wait, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">Ends the wait earlier.</param>
    /// <returns>A scope whose <see cref="Scope.IsHeld"/> is false when the time was up.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative, or longer than timers last (49 days).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the lock was got.</exception>
    public ValueTask<Scope> TryWriteAsync(TimeSpan timeout, CancellationToken cancellationToken = default) => _room.TryEnterAsync(true, timeout, cancellationToken);

    /// <summary>Takes the lock for reading if nobody writes or waits, and never waits.</summary>
    /// <param name="scope">Disposing of it gives the lock back; without the lock it does nothing.</param>
    public bool TryRead(out Scope scope) => _room.TryEnter(false, out scope);

    /// <summary>Takes the lock for writing if it is free, and never waits.</summary>
    /// <param name="scope">Disposing of it gives the lock back; without the lock it does nothing.</param>
    public bool TryWrite(out Scope scope) => _room.TryEnter(true, out scope);

    /// <summary>The lock, held for reading or for writing until this is disposed of.</summary>
    /// <remarks>Disposing again, of this or of a copy, does nothing, whoever holds the lock by then.</remarks>
    public readonly struct Scope : IDisposable
    {
        private readonly Hold<Room>? _hold;
        private readonly long _turn;

        internal Scope(object hold)
        {
            _hold = (Hold<Room>)hold;
            _turn = _hold.Turn;
        }

        /// <summary>Whether the lock is held by this scope: it was got, and not given back.</summary>
        public bool IsHeld => _hold is not null && _hold.Turn == _turn;

        /// <summary>Gives the lock back, and lets in whoever is next.</summary>
        public void Dispose() => _hold?.Room.Release(_hold, _turn);
    }

    /// <summary>Those who wait, readers and writers in one line. What is asked for is whether to write.</summary>
    private sealed class Room(TimeProvider? time) : WaitRoom<bool, Scope>(time)
    {
        private WaitLine<bool, Scope> _waiting;
        private Holds<Room> _holds;
        private int _reading;
        private bool _isWriting;

        public void Release(Hold<Room> hold, long turn)
        {
            var over = default(WaitLine<bool, Scope>);
            using (Gate.Enter())
                if (_holds.TryEnd(hold, turn))
                {
                    if (hold.IsWrite)
                        _isWriting = false;
                    else
                        _reading--;
                    Admit(ref over);
                }

            over.Complete();
        }

        protected override bool TryAdmit(bool write, out Scope scope)
        {
            var isFree = _waiting.First is null && MayGo(write);
            scope = isFree ? Take(write) : default;
            return isFree;
        }

        protected override void Line(Waiter<bool, Scope> waiter) => _waiting.Append(waiter);

        protected override bool Left(Waiter<bool, Scope> waiter, ref WaitLine<bool, Scope> over)
        {
            _waiting.Remove(waiter);
            Admit(ref over);
            return true;
        }

        private bool MayGo(bool write) => !_isWriting && (!write || _reading == 0);

        private Scope Take(bool write)
        {
            if (write)
                _isWriting = true;
            else
                _reading++;
            var hold = _holds.Take(this);
            hold.IsWrite = write;
            return new Scope(hold);
        }

        private void Admit(ref WaitLine<bool, Scope> over)
        {
            while (_waiting.First is { } first && MayGo(first.Request))
            {
                _waiting.Remove(first);
                first.Granted = Take(first.Request);
                End(first, ref over);
            }
        }
    }
}
