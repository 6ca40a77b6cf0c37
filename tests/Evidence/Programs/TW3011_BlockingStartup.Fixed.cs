/// <summary>Gives the host its task back, and waits for orders without a thread.</summary>
internal sealed class Store
{
    public Task StartAsync(CancellationToken stop)
    {
        _ = WorkAsync();
        return Task.CompletedTask;
    }

    private async Task WorkAsync()
    {
        while (true)
        {
            await orders.Arrived.WaitAsync();
            Interlocked.Increment(ref orders.Stored);
        }
    }
}
