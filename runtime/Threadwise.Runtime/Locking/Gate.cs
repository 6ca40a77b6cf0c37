namespace Threadwise;

/// <summary>The lock inside a primitive. It is held for a few instructions, and never while code of users runs.</summary>
internal readonly struct Gate
{
#if NET9_0_OR_GREATER
    private readonly Lock _lock = new();
#else
    private readonly object _lock = new();
#endif

    public Gate()
    {
    }

    public Scope Enter()
    {
#if NET9_0_OR_GREATER
        _lock.Enter();
#else
        Monitor.Enter(_lock);
#endif
        return new Scope(this);
    }

    public void Exit()
    {
#if NET9_0_OR_GREATER
        _lock.Exit();
#else
        Monitor.Exit(_lock);
#endif
    }

    /// <summary>The gate is closed to others until this is disposed of, once.</summary>
    public readonly ref struct Scope
    {
        private readonly Gate _gate;

        internal Scope(Gate gate) => _gate = gate;

        public void Dispose() => _gate.Exit();
    }
}
