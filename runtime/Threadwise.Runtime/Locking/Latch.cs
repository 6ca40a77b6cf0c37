using System.Runtime.CompilerServices;

namespace Threadwise;

/// <summary>The lock inside a lock: two interlocked operations while nobody else wants it. It knows no owner, and cannot be taken twice by one thread.</summary>
/// <remarks>The states and their order are those of U. Drepper, <i>Futexes are tricky</i>, 2011, with a monitor to wait on.</remarks>
internal sealed class Latch
{
    private const int Open = 0;
    private const int Closed = 1;
    private const int Wanted = 2; // closed, and somebody may wait

    private readonly object _waiting = new();
    private int _state;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter()
    {
        if (!TryEnter())
            Wait();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryEnter() => Interlocked.CompareExchange(ref _state, Closed, Open) == Open;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Exit()
    {
        if (Interlocked.Exchange(ref _state, Open) == Wanted)
            Wake();
    }

    private void Wait()
    {
        for (var spin = new SpinWait(); !spin.NextSpinWillYield; spin.SpinOnce())
            if (TryEnter())
                return;
        Monitor.Enter(_waiting);
        try
        {
            while (Interlocked.Exchange(ref _state, Wanted) != Open)
                Monitor.Wait(_waiting);
        }
        catch (ThreadInterruptedException)
        {
            // It may have been woken before it was interrupted.
            Monitor.Pulse(_waiting);
            throw;
        }
        finally
        {
            Monitor.Exit(_waiting);
        }
    }

    /// <summary>Whoever is interrupted here is so in its next wait: one that waits is to be woken all the same.</summary>
    private void Wake()
    {
        var isInterrupted = false;
        while (!TryWake())
            isInterrupted = true;
        if (isInterrupted)
            Thread.CurrentThread.Interrupt();
    }

    private bool TryWake()
    {
        try
        {
            Monitor.Enter(_waiting);
        }
        catch (ThreadInterruptedException)
        {
            return false;
        }

        Monitor.Pulse(_waiting);
        Monitor.Exit(_waiting);
        return true;
    }
}
