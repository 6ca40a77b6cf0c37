namespace Threadwise;

/// <summary>The lock around the state of one object of this library. Nothing that a caller gave is called while it is held.</summary>
internal sealed class StateLock
{
    public Scope Enter()
    {
        Monitor.Enter(this);
        return new Scope(this);
    }

    internal readonly ref struct Scope(StateLock held)
    {
        public void Dispose() => Monitor.Exit(held);
    }
}
