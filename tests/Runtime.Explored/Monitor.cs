using System.Runtime.CompilerServices;

namespace Threadwise;

/// <summary>What the library calls by this name. Whoever would wait lets others go first until it need not.</summary>
internal static class Monitor
{
    private static readonly ConditionalWeakTable<object, List<StrongBox<bool>>> s_waiting = [];

    public static void Enter(object gate)
    {
        if (!Steps.TryAwait(IsEntered(gate) ? static () => true : () => IsFree(gate)))
            throw new ThreadInterruptedException();
        Plain.Forget();
        System.Threading.Monitor.Enter(gate);
    }

    public static void Enter(object gate, ref bool taken)
    {
        Enter(gate);
        taken = true;
    }

    public static bool TryEnter(object gate)
    {
        Steps.Fence();
        return System.Threading.Monitor.TryEnter(gate);
    }

    public static void Exit(object gate)
    {
        Plain.Publish();
        System.Threading.Monitor.Exit(gate);
    }

    /// <remarks>Who was pulsed may be interrupted as well before it has the lock again; then the pulse is lost.</remarks>
    public static bool Wait(object gate)
    {
        var (waiting, isPulsed) = (s_waiting.GetOrCreateValue(gate), new StrongBox<bool>());
        waiting.Add(isPulsed);
        Exit(gate);
        var isInterrupted = !Steps.TryAwait(() => isPulsed.Value && IsFree(gate));
        if (isInterrupted)
            Steps.Await(() => IsFree(gate));
        Plain.Forget();
        System.Threading.Monitor.Enter(gate);
        waiting.Remove(isPulsed);
        return !isInterrupted ? true : throw new ThreadInterruptedException();
    }

    public static void Pulse(object gate)
    {
        if (s_waiting.GetOrCreateValue(gate).Find(static waiting => !waiting.Value) is { } first)
            first.Value = true;
    }

    public static bool IsEntered(object gate) => System.Threading.Monitor.IsEntered(gate);

    private static bool IsFree(object gate)
    {
        // Whoever asks may be the one who holds it.
        if (System.Threading.Monitor.IsEntered(gate) || !System.Threading.Monitor.TryEnter(gate))
            return false;
        System.Threading.Monitor.Exit(gate);
        return true;
    }
}
