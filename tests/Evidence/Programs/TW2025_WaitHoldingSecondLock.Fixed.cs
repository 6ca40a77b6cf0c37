/// <summary>Only the lock that is waited on is held meanwhile.</summary>
internal sealed class Mailbox
{
    public int Take()
    {
        int letter;
        lock (_signal)
        {
            while (!_full)
            {
                Monitor.Wait(_signal);
            }

            (letter, _full) = (_letter, false);
        }

        lock (_statistics)
        {
            _taken++;
        }

        return letter;
    }
}
