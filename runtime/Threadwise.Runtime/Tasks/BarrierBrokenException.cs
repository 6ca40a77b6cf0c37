namespace Threadwise;

/// <summary>Not all participants of an <see cref="AsyncBarrier"/> arrive in this phase: one was cancelled, or the barrier was reset.</summary>
public sealed class BarrierBrokenException : Exception
{
    internal BarrierBrokenException()
        : base("The barrier is broken: a participant was cancelled, or the barrier was reset, before all had arrived.")
    {
    }
}
