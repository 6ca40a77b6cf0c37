using System.Runtime.CompilerServices;

namespace Threadwise;

/// <summary>A value together with its lock, which is awaited and held across <c>await</c>: there is no way to the value but through the lock, so no access can forget it.</summary>
/// <remarks>
/// <code>
/// private readonly AsyncGuarded&lt;Session&gt; _session = new(Session.None);
///
/// using var scope = await _session.EnterAsync(cancellationToken);
/// var session = await scope.Value.RenewAsync(cancellationToken);
/// scope.Value = session;
/// </code>
/// <para><b>What it cannot see.</b> A value that is a reference can be carried out of the scope, and used without the lock from then on. Return copies.</para>
/// <para>The lock is an <see cref="AsyncLock"/>, and all that is said of one holds: first come, first served; not reentrant; a token that is cancelled already never acquires,
/// one that is cancelled while waiting ends the wait with an <see cref="OperationCanceledException"/> that carries it; disposing again does nothing; waiting allocates nothing.</para>
/// <para><b>Thread safety.</b> All members can be used by any thread.</para>
/// </remarks>
/// <param name="value">What to guard. Whoever made it should not keep it.</param>
/// <param name="timeProvider">The clock of timeouts; that of the system if null.</param>
public sealed class AsyncGuarded<T>(T value, TimeProvider? timeProvider = null)
{
    private readonly AsyncLock _lock = new(timeProvider: timeProvider);
    private T _value = value;

    internal int SpareWaits => _lock.SpareWaits;

    /// <summary>Waits for the lock as long as needed. Disposing of the scope gives it back.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before the lock was got; it is not held.</exception>
    public ValueTask<Scope> EnterAsync(CancellationToken cancellationToken = default) => Of(_lock.EnterAsync(cancellationToken));

    /// <summary>Waits for the lock, but no longer than so long.</summary>
    /// <param name="timeout">Zero not to wait, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">Ends the wait earlier.</param>
    /// <returns>A scope whose <see cref="Scope.IsHeld"/> is false when the time was up.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is negative, or longer than timers last (49 days).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the lock was got; it is not held.</exception>
    public ValueTask<Scope> TryEnterAsync(TimeSpan timeout, CancellationToken cancellationToken = default) => Of(_lock.TryEnterAsync(timeout, cancellationToken));

    /// <summary>Takes the lock if it is free, and never waits.</summary>
    /// <param name="scope">Disposing of it gives the lock back; without the lock it does nothing.</param>
    public bool TryEnter(out Scope scope)
    {
        var isTaken = _lock.TryEnter(out var inner);
        scope = new Scope(this, inner);
        return isTaken;
    }

    private ValueTask<Scope> Of(ValueTask<AsyncLock.Scope> entering) =>
        entering.IsCompletedSuccessfully ? new ValueTask<Scope>(new Scope(this, entering.Result)) : AfterAsync(entering);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Scope> AfterAsync(ValueTask<AsyncLock.Scope> entering) => new(this, await entering.ConfigureAwait(false));

    /// <summary>The value, locked until this is disposed of.</summary>
    /// <remarks>Disposing again, of this or of a copy, does nothing, whoever holds the lock by then.</remarks>
    public readonly struct Scope : IDisposable
    {
        private readonly AsyncGuarded<T>? _owner;
        private readonly AsyncLock.Scope _inner;

        internal Scope(AsyncGuarded<T> owner, AsyncLock.Scope inner) => (_owner, _inner) = (owner, inner);

        /// <summary>Whether the lock is held by this scope: it was got, and not given back.</summary>
        public bool IsHeld => _inner.IsHeld;

        /// <summary>The value, where it is kept.</summary>
        /// <exception cref="InvalidOperationException">The scope does not hold the lock.</exception>
        public ref T Value
        {
            get
            {
                if (!_inner.IsHeld)
                    ThrowNotHeld();
                return ref _owner!._value;
            }
        }

        /// <summary>Gives the lock back, to the first in line if there is one.</summary>
        public void Dispose() => _inner.Dispose();

        private static void ThrowNotHeld() => throw new InvalidOperationException("This scope does not hold the lock: it was disposed of, or was got without the lock.");
    }
}
