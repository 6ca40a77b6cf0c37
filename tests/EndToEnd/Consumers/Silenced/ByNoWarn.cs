namespace Consumers;

public sealed class ByNoWarn
{
    private readonly object _gate = new();

    public async Task WaitAsync()
    {
        Monitor.Enter(_gate);
        try
        {
            await Task.Yield();
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }
}
