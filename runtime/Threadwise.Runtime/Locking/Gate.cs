using System.Runtime.CompilerServices;

namespace Threadwise;

/// <summary>The lock inside a primitive. It is held for a few instructions, and never while code of users runs.</summary>
internal readonly struct Gate
{
#if NET9_0_OR_GREATER
    private readonly Lock _lock = new();

    public Gate()
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lock.Scope Enter() => _lock.EnterScope();
#else
    private readonly object _lock = new();

    public Gate()
    {
    }

    public Scope Enter()
    {
        Monitor.Enter(_lock);
        return new Scope(_lock);
    }

    /// <summary>The gate is closed to others until this is disposed of, once.</summary>
    public readonly ref struct Scope
    {
        private readonly object _lock;

        internal Scope(object held) => _lock = held;

        public void Dispose() => Monitor.Exit(_lock);
    }
#endif
}
