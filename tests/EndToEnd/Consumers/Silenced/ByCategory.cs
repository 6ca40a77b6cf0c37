namespace Consumers;

internal sealed class GuardedByAttribute(string guard) : Attribute
{
    public string Guard { get; } = guard;
}

public sealed class ByCategory
{
    private readonly object _gate = new();

    [GuardedBy("_gate")]
    private int _total;

    public int Total => _total;

    public void Add()
    {
        lock (_gate)
            _total++;
    }
}
