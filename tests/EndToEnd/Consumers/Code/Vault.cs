namespace Consumers;

internal sealed class GuardedByAttribute(string guard) : Attribute
{
    public string Guard { get; } = guard;
}

public sealed class Vault
{
    private readonly object _coins = new();
    private readonly object _notes = new();

    [GuardedBy("_coins")]
    private int _total;

    public int Total => _total;

    public void CoinsFirst()
    {
        lock (_coins)
        {
            lock (_notes)
                _total++;
        }
    }

    public void NotesFirst()
    {
        lock (_notes)
        {
            lock (_coins)
                _total--;
        }
    }

    public async Task<int> CountAsync(Task<int> count)
    {
        await Task.Yield();
        return count.Result;
    }
}
