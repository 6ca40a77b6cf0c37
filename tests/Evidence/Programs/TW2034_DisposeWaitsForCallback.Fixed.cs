/// <summary>The callback is waited for when the lock is free again.</summary>
internal sealed class Job
{
    public bool Finish()
    {
        string end;
        lock (_gate)
        {
            end = _end = _end.Length > 0 ? _end : $"finished at {DateTime.UtcNow:O}";
        }

        _registration.Dispose();
        return end.StartsWith('f');
    }
}
