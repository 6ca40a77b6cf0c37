/// <summary>Offers a clean-up that can be awaited; who cannot await goes without the good-bye.</summary>
internal sealed class Session
{
    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
    }

    public void Dispose()
    {
    }
}

/// <summary>Awaits it.</summary>
internal static class Page
{
    public static async Task ShowAsync(Func<Task> sayGoodBye)
    {
        await using var session = new Session(sayGoodBye);
        await Task.Yield();
    }
}
