namespace Threadwise;

/// <summary>Reads or changes a value in its place.</summary>
/// <param name="value">The value, where it is kept.</param>
public delegate void ActionRef<T>(ref T value);

/// <summary>Reads or changes a value in its place, and tells something of it.</summary>
/// <param name="value">The value, where it is kept.</param>
public delegate TResult FuncRef<T, out TResult>(ref T value);

/// <summary>A value together with its lock: there is no way to the value but through the lock, so no access can forget it.</summary>
/// <remarks>
/// <code>
/// private readonly Guarded&lt;Dictionary&lt;string, int&gt;&gt; _counts = new([]);
///
/// _counts.Update((ref counts) =&gt; counts[word] = counts.GetValueOrDefault(word) + 1);
/// var count = _counts.Read(counts =&gt; counts.Count);
///
/// using (var scope = _counts.Enter())
///     scope.Value.Clear();
/// </code>
/// <para><b>What it cannot see.</b> A value that is a reference can be carried out of the delegate or the scope, and used without the lock from then on. Return copies.</para>
/// <para><b>A delegate that throws</b> gives the lock back, and its exception comes out as it is. The value stays as the delegate left it.</para>
/// <para><b>It belongs to the thread</b> that took it, which may take it again. It cannot be held across an <c>await</c>: that is what <c>AsyncGuarded</c> is for.</para>
/// <para><b>Cost.</b> That of a <c>lock</c> statement. Nothing is allocated but the delegate, where it captures something.</para>
/// <para><b>Thread safety.</b> All members can be used by any thread.</para>
/// </remarks>
/// <param name="value">What to guard. Whoever made it should not keep it.</param>
public sealed class Guarded<T>(T value)
{
#if NET9_0_OR_GREATER
    private readonly Lock _gate = new();
#else
    private readonly object _gate = new();
#endif
    private T _value = value;

    /// <summary>Takes the lock, and waits for it as long as needed. Disposing of the scope gives it back.</summary>
    /// <exception cref="ThreadInterruptedException">The thread was interrupted while it waited; the lock is not taken.</exception>
    public Scope Enter()
    {
#if NET9_0_OR_GREATER
        return new Scope(this, _gate.EnterScope());
#else
        Monitor.Enter(_gate);
        return new Scope(this);
#endif
    }

    /// <summary>Tells something of the value.</summary>
    /// <exception cref="ArgumentNullException">There is no delegate; the lock is not taken.</exception>
    /// <exception cref="ThreadInterruptedException">The thread was interrupted while it waited; the lock is not taken.</exception>
    public TResult Read<TResult>(Func<T, TResult> read)
    {
        Check(read, nameof(read));
#if NET9_0_OR_GREATER
        using (_gate.EnterScope())
#else
        lock (_gate)
#endif
            return read(_value);
    }

    /// <summary>Changes the value.</summary>
    /// <exception cref="ArgumentNullException">There is no delegate; the lock is not taken.</exception>
    /// <exception cref="ThreadInterruptedException">The thread was interrupted while it waited; the lock is not taken.</exception>
    public void Update(ActionRef<T> update)
    {
        Check(update, nameof(update));
#if NET9_0_OR_GREATER
        using (_gate.EnterScope())
#else
        lock (_gate)
#endif
            update(ref _value);
    }

    /// <summary>Changes the value, and tells something of it.</summary>
    /// <exception cref="ArgumentNullException">There is no delegate; the lock is not taken.</exception>
    /// <exception cref="ThreadInterruptedException">The thread was interrupted while it waited; the lock is not taken.</exception>
    public TResult Update<TResult>(FuncRef<T, TResult> update)
    {
        Check(update, nameof(update));
#if NET9_0_OR_GREATER
        using (_gate.EnterScope())
#else
        lock (_gate)
#endif
            return update(ref _value);
    }

    private static void Check(Delegate given, string parameter)
    {
        if (given is null)
            Refuse(parameter);
    }

    private static void Refuse(string parameter) => throw new ArgumentNullException(parameter);

    /// <summary>The value, locked by this thread until this is disposed of.</summary>
    /// <remarks>It lives on the stack: it cannot be stored, captured or held across an <c>await</c>. Disposing of it again does nothing; a copy of it knows nothing of the
    /// other, so dispose of one of the two.</remarks>
    public ref struct Scope
    {
        private Guarded<T>? _owner;
#if NET9_0_OR_GREATER
        private Lock.Scope _held;

        internal Scope(Guarded<T> owner, Lock.Scope held)
        {
            _owner = owner;
            _held = held;
        }
#else

        internal Scope(Guarded<T> owner) => _owner = owner;
#endif

        /// <summary>The value, where it is kept.</summary>
        /// <exception cref="InvalidOperationException">The scope was disposed of.</exception>
        public readonly ref T Value
        {
            get
            {
                if (_owner is null)
                    ThrowOver();
                return ref _owner!._value;
            }
        }

        /// <summary>Gives the lock back.</summary>
        public void Dispose()
        {
#if NET9_0_OR_GREATER
            _owner = null;
            _held.Dispose();
#else
            var owner = _owner;
            _owner = null;
            if (owner is not null)
                Monitor.Exit(owner._gate);
#endif
        }

        private static void ThrowOver() => throw new InvalidOperationException("This scope was disposed of: the value is not locked by it any more.");
    }
}
