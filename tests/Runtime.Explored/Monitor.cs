using System.Runtime.CompilerServices;

namespace Threadwise;

/// <summary>What the library calls by this name. Whoever would wait lets others go first until it need not.</summary>
internal static class Monitor
{
    private static readonly ConditionalWeakTable<object, Queue<StrongBox<bool>>> s_waiting = [];

    public static void Enter(object gate)
    {
        Steps.Await(IsEntered(gate) ? static () => true : () => IsFree(gate));
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

    public static void Exit(object gate) => System.Threading.Monitor.Exit(gate);

    public static bool Wait(object gate)
    {
        var isPulsed = new StrongBox<bool>();
        s_waiting.GetOrCreateValue(gate).Enqueue(isPulsed);
        Exit(gate);
        Steps.Await(() => isPulsed.Value && IsFree(gate));
        Plain.Forget();
        System.Threading.Monitor.Enter(gate);
        return true;
    }

    public static void Pulse(object gate)
    {
        if (s_waiting.GetOrCreateValue(gate).TryDequeue(out var first))
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
