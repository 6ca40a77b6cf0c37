using System.Runtime.CompilerServices;

namespace Threadwise;

/// <summary>The lock inside a primitive. It is held for a few instructions, and never while code of users runs. Nobody enters it who has it.</summary>
internal sealed class Gate
{
    private Spin _spin;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Scope Enter()
    {
        _spin.Enter();
        return new Scope(this);
    }

    /// <summary>The gate is closed to others until this is disposed of, once.</summary>
    public readonly ref struct Scope
    {
        private readonly Gate _gate;

        internal Scope(Gate gate) => _gate = gate;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Dispose() => _gate._spin.Exit();
    }
}
