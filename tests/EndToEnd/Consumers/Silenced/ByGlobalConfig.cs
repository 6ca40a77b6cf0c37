namespace Consumers;

public sealed class ByGlobalConfig
{
    public async Task WaitAsync()
    {
        await Task.Yield();
        Thread.Sleep(10);
    }
}
