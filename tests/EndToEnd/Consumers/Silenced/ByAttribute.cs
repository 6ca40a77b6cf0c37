namespace Consumers;

public sealed class ByAttribute
{
#if SILENCED
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Threadwise.Blocking", "TW3001", Justification = "Shows that the attribute works.")]
#endif
    public async Task<int> CountAsync(Task<int> count)
    {
        await Task.Yield();
        return count.Result;
    }
}
