/// <summary>The thread is waited for when the lock is free again.</summary>
internal sealed class Worker
{
    public long Stop()
    {
        lock (_gate)
        {
            _stopped = true;
        }

        _thread.Join();
        return _done;
    }
}
