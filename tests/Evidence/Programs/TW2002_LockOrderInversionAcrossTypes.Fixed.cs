/// <summary>The registry is called when the session's lock is free again.</summary>
internal sealed class Session
{
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }

        registry.Remove(this);
    }
}
