namespace Consumers;

public sealed class Dependent
{
    public async Task<int> CountAsync(Task<int> count)
    {
        await Task.Yield();
        return count.Result;
    }
}
