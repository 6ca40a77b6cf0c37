namespace Threadwise;

/// <summary>What the library calls by this name. Whoever would wait lets others go first until it need not.</summary>
/// <remarks>A <c>lock</c> statement would lock the object and not this: explored code says <c>using (gate.EnterScope())</c>.</remarks>
public sealed class Lock
{
    private readonly System.Threading.Lock _real = new();
    private int _owner;
    private int _depth;

    /// <summary>How many of these the calling thread holds: code of users is never run while it holds any.</summary>
    [ThreadStatic]
    private static int t_held;

    public static int HeldByCurrentThread => t_held;

    public bool IsHeldByCurrentThread => _owner == Environment.CurrentManagedThreadId;

    public void Enter()
    {
        var me = Environment.CurrentManagedThreadId;
        if (!Steps.TryAwait(() => _owner == 0 || _owner == me))
            throw new ThreadInterruptedException();
        Plain.Forget();
        _real.Enter();
        Note(me);
    }

    public bool TryEnter()
    {
        Steps.Fence();
        if (!_real.TryEnter())
            return false;
        Note(Environment.CurrentManagedThreadId);
        return true;
    }

    public void Exit()
    {
        if (!IsHeldByCurrentThread)
            throw new SynchronizationLockException();
        Plain.Publish();
        t_held--;
        if (--_depth == 0)
            _owner = 0;
        _real.Exit();
    }

    public Scope EnterScope()
    {
        Enter();
        return new Scope(this);
    }

    private void Note(int me)
    {
        _owner = me;
        _depth++;
        t_held++;
    }

    public ref struct Scope
    {
        private Lock? _held;

        internal Scope(Lock held) => _held = held;

        public void Dispose()
        {
            var held = _held;
            _held = null;
            held?.Exit();
        }
    }
}
