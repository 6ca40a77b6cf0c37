namespace Threadwise;

/// <summary>What the library calls by this name. Whoever would spin lets others go first until it need not; whoever has it already would spin for ever.</summary>
internal sealed class Gate
{
    private readonly Lock _lock = new();

    public Lock.Scope Enter() => _lock.IsHeldByCurrentThread ? throw new SynchronizationLockException("Taken twice by one thread.") : _lock.EnterScope();
}
