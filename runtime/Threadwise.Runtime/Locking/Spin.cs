using System.Runtime.CompilerServices;

namespace Threadwise;

/// <summary>A lock for a few instructions: one interlocked operation to take it, and none to give it back. Who finds it taken tries again, and soon lets others have the processor.</summary>
/// <remarks>It knows no owner: who takes it twice waits for ever. No interrupt reaches a thread that waits for it; it comes at the thread's next wait.</remarks>
internal struct Spin
{
    private int _taken;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter()
    {
        if (Interlocked.CompareExchange(ref _taken, 1, 0) != 0)
            Wait();
    }

    /// <summary>By whom has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exit() => Volatile.Write(ref _taken, 0);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Wait()
    {
        var (spin, isInterrupted) = (new SpinWait(), false);
        do
            isInterrupted |= !TrySpin(ref spin);
        while (Volatile.Read(ref _taken) != 0 || Interlocked.CompareExchange(ref _taken, 1, 0) != 0);
        if (isInterrupted)
            Thread.CurrentThread.Interrupt();
    }

    private static bool TrySpin(ref SpinWait spin)
    {
        try
        {
            spin.SpinOnce();
            return true;
        }
        catch (ThreadInterruptedException)
        {
            return false;
        }
    }
}
