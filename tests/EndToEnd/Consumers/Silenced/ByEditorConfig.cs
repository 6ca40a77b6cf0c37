namespace Consumers;

public sealed class ByEditorConfig
{
    public async Task<int> CountAsync(Task<int> count)
    {
        await Task.Yield();
        return count.Result;
    }
}
