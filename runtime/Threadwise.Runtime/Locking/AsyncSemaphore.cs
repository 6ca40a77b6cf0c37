namespace Threadwise;

/// <summary>Lets so many in at a time, and no more. How many can be changed while it is in use; whoever waits gets in in the order of asking.</summary>
/// <remarks>
/// <code>
/// private readonly AsyncSemaphore _connections = new(permits: 8);
///
/// using (await _connections.EnterAsync(cancellationToken))
/// {
///     await client.GetAsync(address, cancellationToken);
/// }
/// </code>
/// <para>There is no way to give back what was not taken: a permit goes back with its scope, once.</para>
/// <para><b>Fairness.</b> A permit that is given back goes to the first in line; nobody overtakes.</para>
/// <para><b>Cancellation.</b> A token that is cancelled already never gets a permit. One that is cancelled while waiting ends the wait with an
/// <see cref="OperationCanceledException"/> that carries it, unless the permit was handed over first.</para>
/// <para><b>Continuations</b> never run inside the call that gives a permit back. <b>Cost.</b> Nothing is allocated once as many scopes and waits have existed at a time
/// as ever will; only a wait with a timeout allocates its timer. There is nothing to dispose of but the scopes.</para>
/// <para><b>Thread safety.</b> All members can be used by any thread.</para>
/// </remarks>
public sealed class AsyncSemaphore
{
    private readonly Room _room;

    /// <summary>A semaphore of which no permit is taken.</summary>
    /// <param name="permits">How many can be in at a time; at least one.</param>
    /// <param name="timeProvider">The clock of timeouts; that of the system if null.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are less than one.</exception>
    public AsyncSemaphore(int permits, TimeProvider? timeProvider = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(permits, 1);
        _room = new Room(permits, timeProvider);
    }

    /// <summary>How many can be in at a time. More let the first in line in at once; with less, nobody is let in until enough have left.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than one.</exception>
    public int Permits
    {
        get => _room.Permits;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _room.Change(value);
        }
    }

    internal int SpareWaits => _room.Spares;

    /// <summary>Waits for a permit as long as needed. Disposing of the scope gives it back.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before a permit was got.</exception>
    public ValueTask<Scope> EnterAsync(CancellationToken cancellationToken = default) => _room.EnterAsync(default, cancellationToken);

    /// <summary>Waits for a permit, but no longer than so long.</summary>
    /// <param name="timeout">Zero not to wait, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">Ends the wait earlier.</param>
    /// <returns>A scope whose <see cref="Scope.IsHeld"/> is false when the time was up.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative, or longer than timers last (49 days).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before a permit was got.</exception>
    public ValueTask<Scope> TryEnterAsync(TimeSpan timeout, CancellationToken cancellationToken = default) => _room.TryEnterAsync(default, timeout, cancellationToken);

    /// <summary>Takes a permit if there is one, and never waits.</summary>
    /// <param name="scope">Disposing of it gives the permit back; without one it does nothing.</param>
    public bool TryEnter(out Scope scope) => _room.TryEnter(default, out scope);

    /// <summary>One permit, until this is disposed of.</summary>
    /// <remarks>Disposing again, of this or of a copy, does nothing, whoever has the permit by then.</remarks>
    public readonly struct Scope : IDisposable
    {
        private readonly Hold<Room>? _hold;
        private readonly long _turn;

        internal Scope(object hold)
        {
            _hold = (Hold<Room>)hold;
            _turn = _hold.Turn;
        }

        /// <summary>Whether there is a permit: it was got, and not given back.</summary>
        public bool IsHeld => _hold is not null && _hold.Turn == _turn;

        /// <summary>Gives the permit back, to the first in line if there is one.</summary>
        public void Dispose() => _hold?.Room.Release(_hold, _turn);
    }

    /// <summary>Those who wait for a permit.</summary>
    private sealed class Room(int permits, TimeProvider? time) : WaitRoom<ValueTuple, Scope>(time)
    {
        private WaitLine<ValueTuple, Scope> _waiting;
        private Holds<Room> _holds;
        private int _permits = permits;
        private int _taken;

        public int Permits => Volatile.Read(ref _permits);

        public void Change(int permits)
        {
            var over = default(WaitLine<ValueTuple, Scope>);
            using (Gate.Enter())
            {
                _permits = permits;
                Admit(ref over);
            }

            over.Complete();
        }

        public void Release(Hold<Room> hold, long turn)
        {
            var over = default(WaitLine<ValueTuple, Scope>);
            using (Gate.Enter())
                if (_holds.TryEnd(hold, turn))
                {
                    _taken--;
                    Admit(ref over);
                }

            over.Complete();
        }

        protected override bool TryAdmit(ValueTuple request, out Scope scope)
        {
            var isFree = _taken < _permits;
            scope = isFree ? Take() : default;
            return isFree;
        }

        protected override void Line(Waiter<ValueTuple, Scope> waiter) => _waiting.Append(waiter);

        protected override bool Left(Waiter<ValueTuple, Scope> waiter, ref WaitLine<ValueTuple, Scope> over)
        {
            _waiting.Remove(waiter);
            return true;
        }

        private Scope Take()
        {
            _taken++;
            return new Scope(_holds.Take(this));
        }

        private void Admit(ref WaitLine<ValueTuple, Scope> over)
        {
            while (_taken < _permits && _waiting.TakeFirst() is { } first)
            {
                first.Granted = Take();
                End(first, ref over);
            }
        }
    }
}
