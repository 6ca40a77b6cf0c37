namespace Threadwise;

/// <summary>What the library calls by this name: whoever spins goes on after another thread has moved.</summary>
internal struct SpinWait
{
    public int Count { get; private set; }

    public readonly bool NextSpinWillYield => true;

    public void SpinOnce()
    {
        Count++;
        Steps.Yield();
    }
}
