namespace Consumers;

public sealed class ByPragma
{
    public async Task<int> CountAsync(Task<int> count)
    {
        await Task.Yield();
#if SILENCED
#pragma warning disable TW3001
#endif
        return count.Result;
    }
}
