namespace Threadwise;

/// <summary>What the library calls by this name: a thread of the model, that interrupts itself.</summary>
internal sealed class Thread
{
    public static Thread CurrentThread { get; } = new();

    public void Interrupt() => Steps.Interrupt();
}
