using System.Runtime.CompilerServices;

namespace Threadwise;

/// <summary>A lock that is awaited, and held across <c>await</c>. One holder at a time; whoever waits gets it in the order of asking.</summary>
/// <remarks>
/// <code>
/// private readonly AsyncLock _gate = new();
///
/// using (await _gate.EnterAsync(cancellationToken))
/// {
///     await SaveAsync();
/// }
/// </code>
/// <para><b>Fairness.</b> The lock is handed to the first in line. It is never free while somebody waits, so nobody can overtake.</para>
/// <para><b>Cancellation.</b> A token that is cancelled already never acquires. One that is cancelled while waiting ends the wait with an
/// <see cref="OperationCanceledException"/> that carries it, unless the lock was handed over first.</para>
/// <para><b>It belongs to the scope</b>, not to a thread: any thread may dispose of it. It is not reentrant: a flow that holds it and asks for it again waits for itself.</para>
/// <para><b>Continuations</b> never run inside the call that gives the lock back.</para>
/// <para><b>Cost.</b> One interlocked operation to take it and one to give it back while nobody else wants it. Waiting allocates nothing, with or without a token; only a
/// wait with a timeout allocates its timer. There is nothing to dispose of but the scopes.</para>
/// <para><b>Thread safety.</b> All members can be used by any thread.</para>
/// </remarks>
public sealed class AsyncLock
{
    // The state is a number that grows by one turn whenever the lock is given back, so the one of a holder is never seen again. Set in it:
    private const long Held = 1; // somebody holds the lock
    private const long Crowded = 2; // and there are others: only who has the room's gate changes the state
    private const long Turn = 4;

    /// <summary>The upper half of the number comes into use after two turns, in every test, and not after a billion in production.</summary>
    private const long First = (1L << 32) - 2 * Turn;

    private readonly Room _room;
    private long _state = First;

    /// <summary>A lock that nobody holds.</summary>
    /// <param name="name">What <see cref="ToString"/> calls it.</param>
    /// <param name="timeProvider">The clock of timeouts; that of the system if null.</param>
    public AsyncLock(string? name = null, TimeProvider? timeProvider = null)
    {
        Name = name;
        _room = new Room(this, timeProvider);
    }

    /// <summary>What the lock is called, if it has a name.</summary>
    public string? Name { get; }

    /// <summary>Whether anybody holds the lock. It may have changed when this returns.</summary>
    public bool IsHeld => (Volatile.Read(ref _state) & Held) != 0;

    internal int SpareWaits => _room.Spares;

    /// <summary>Waits for the lock as long as needed. Disposing of the scope gives it back.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before the lock was got; it is not held.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ValueTask<Scope> EnterAsync(CancellationToken cancellationToken = default) =>
        !cancellationToken.IsCancellationRequested && TryTake(out var turn) ? new ValueTask<Scope>(new Scope(this, turn)) : _room.EnterAsync(0, cancellationToken);

    /// <summary>Waits for the lock, but no longer than so long.</summary>
    /// <param name="timeout">Zero not to wait, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">Ends the wait earlier.</param>
    /// <returns>A scope whose <see cref="Scope.IsHeld"/> is false when the time was up.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative, or longer than timers last (49 days).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the lock was got; it is not held.</exception>
    public ValueTask<Scope> TryEnterAsync(TimeSpan timeout, CancellationToken cancellationToken = default) => _room.TryEnterAsync(0, timeout, cancellationToken);

    /// <summary>Takes the lock if it is free, and never waits.</summary>
    /// <param name="scope">Disposing of it gives the lock back; without the lock it does nothing.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryEnter(out Scope scope)
    {
        var isTaken = TryTake(out var turn);
        scope = isTaken ? new Scope(this, turn) : default;
        return isTaken;
    }

    /// <summary>The name, if it has one.</summary>
    public override string ToString() => Name ?? nameof(AsyncLock);

    /// <summary>The turn that was taken; otherwise the state that was found.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryTake(out long turn)
    {
        turn = Volatile.Read(ref _state);
        if ((turn & Held) != 0 || Interlocked.CompareExchange(ref _state, turn + Held, turn) != turn)
            return false;
        turn += Held;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Release(long turn)
    {
        if (Interlocked.CompareExchange(ref _state, turn - Held + Turn, turn) != turn)
            _room.Release(turn);
    }

    private bool IsTurn(long turn) => (Volatile.Read(ref _state) & ~Crowded) == turn;

    /// <summary>The lock, held until this is disposed of; and what a monitor does: wait for a pulse, and pulse.</summary>
    /// <remarks>Disposing again, of this or of a copy, does nothing, whoever holds the lock by then. A scope that was got without the lock does nothing either.</remarks>
    public readonly struct Scope : IDisposable
    {
        private readonly AsyncLock? _lock;
        private readonly long _turn;

        internal Scope(AsyncLock owner, long turn) => (_lock, _turn) = (owner, turn);

        /// <summary>Whether the lock is held by this scope: it was got, is not given back, and no <see cref="WaitAsync"/> is under way.</summary>
        public bool IsHeld => _lock is not null && _lock.IsTurn(_turn);

        internal long Turn => _turn;

        /// <summary>Gives the lock back, to the first in line if there is one.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Dispose() => _lock?.Release(_turn);

        /// <summary>Gives the lock back, waits for a pulse, and then for the lock, which this same scope holds again when the task ends, however it ends.</summary>
        /// <remarks>Others may have held the lock since the pulse, so ask again for what was waited for: <c>while (!ready) await scope.WaitAsync(token);</c></remarks>
        /// <exception cref="InvalidOperationException">The scope does not hold the lock. Thrown by the call itself.</exception>
        /// <exception cref="OperationCanceledException">The token was cancelled before the pulse. The scope holds the lock again.</exception>
        public ValueTask WaitAsync(CancellationToken cancellationToken = default) => Room().WaitAsync(_turn, cancellationToken);

        /// <summary>Sends the first who waits for a pulse to the end of the line for the lock. Nobody waits: nothing happens, and nothing is remembered.</summary>
        /// <exception cref="InvalidOperationException">The scope does not hold the lock.</exception>
        public void Pulse() => Room().Pulse(_turn, all: false);

        /// <summary>Sends all who wait for a pulse to the end of the line for the lock, in the order in which they came.</summary>
        /// <exception cref="InvalidOperationException">The scope does not hold the lock.</exception>
        public void PulseAll() => Room().Pulse(_turn, all: true);

        private Room Room() => (_lock ?? throw NotHeld())._room;
    }

    private static InvalidOperationException NotHeld() => new("This scope does not hold the lock: it was disposed of, waits for a pulse, or was got without the lock.");

    /// <summary>Those who wait for the lock, and those who wait for a pulse. What is asked for is the turn that goes on when the lock is got; zero for a new one.</summary>
    private sealed class Room(AsyncLock owner, TimeProvider? time) : WaitRoom<long, Scope>(time)
    {
        private WaitLine<long, Scope> _entering;
        private WaitLine<long, Scope> _resting;

        /// <summary>The state after the latest turn, while an earlier one goes on.</summary>
        private long _latest;

        public void Release(long turn)
        {
            var over = default(WaitLine<long, Scope>);
            using (Gate.Enter())
                if (Crowd(turn))
                    Pass(turn, ref over);
            over.Complete();
        }

        public ValueTask WaitAsync(long turn, CancellationToken token)
        {
            if (!owner.IsTurn(turn))
                throw NotHeld();
            if (token.IsCancellationRequested)
                return ValueTask.FromCanceled(token);
            Waiter<long, Scope> waiter;
            using (Gate.Enter())
                waiter = Rent(turn);
            if (token.CanBeCanceled)
                Arm(waiter, Timeout.InfiniteTimeSpan, token);
            var over = default(WaitLine<long, Scope>);
            bool isHeld, isLeft;
            using (Gate.Enter())
            {
                isLeft = waiter.State == WaitState.Left;
                isHeld = isLeft || Crowd(turn);
                if (isHeld && !isLeft)
                {
                    waiter.State = WaitState.Waiting;
                    _resting.Append(waiter);
                    Pass(turn, ref over);
                }
            }

            over.Complete();
            if (isHeld && !isLeft)
                return waiter.TaskOfNothing;
            waiter.Discard();
            return isHeld ? ValueTask.FromCanceled(token) : throw NotHeld();
        }

        public void Pulse(long turn, bool all)
        {
            using (Gate.Enter())
            {
                if (!owner.IsTurn(turn))
                    throw NotHeld();
                while (_resting.First is not null && Crowd(turn))
                {
                    Bind(_resting.TakeFirst()!);
                    if (!all)
                        break;
                }
            }
        }

        protected override bool TryAdmit(long request, out Scope scope)
        {
            while (true)
            {
                if (owner.TryTake(out var turn))
                {
                    scope = new Scope(owner, turn);
                    return true;
                }

                if ((turn & Held) != 0 && Crowd(turn & ~Crowded))
                {
                    scope = default;
                    return false;
                }
            }
        }

        protected override void Line(Waiter<long, Scope> waiter) => _entering.Append(waiter);

        protected override bool Left(Waiter<long, Scope> waiter, ref WaitLine<long, Scope> over)
        {
            if (waiter.Request == 0)
            {
                _entering.Remove(waiter);
                if (_entering.First is null)
                    Calm();
                return true;
            }

            _resting.Remove(waiter);
            Bind(waiter);
            if (TryAdmit(0, out var taken))
            {
                Crowd(taken.Turn);
                Pass(taken.Turn, ref over);
            }

            return false;
        }

        private void Bind(Waiter<long, Scope> waiter)
        {
            waiter.State = WaitState.Bound;
            _entering.Append(waiter);
        }

        /// <summary>From now on only who has the gate changes the state. False when the turn is over.</summary>
        private bool Crowd(long turn) => (Interlocked.CompareExchange(ref owner._state, turn | Crowded, turn) & ~Crowded) == turn;

        /// <summary>Nobody waits any more: the lock can be given back without the gate, unless an earlier turn goes on.</summary>
        private void Calm()
        {
            var turn = owner._state & ~Crowded;
            if (turn > _latest)
                Volatile.Write(ref owner._state, turn);
        }

        /// <summary>Hands a crowded lock to the first in line, or to nobody.</summary>
        private void Pass(long turn, ref WaitLine<long, Scope> over)
        {
            var next = Math.Max(turn - Held + Turn, _latest);
            var first = _entering.TakeFirst();
            if (first is null)
            {
                Volatile.Write(ref owner._state, next);
                return;
            }

            var isNew = first.Request == 0;
            var taken = isNew ? next + Held : first.Request;
            if (!isNew)
                _latest = next;
            Volatile.Write(ref owner._state, isNew && _entering.First is null ? taken : taken | Crowded);
            first.Granted = new Scope(owner, taken);
            End(first, ref over);
        }
    }
}
