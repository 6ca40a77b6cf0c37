namespace Consumers;

public sealed class Totals
{
    public async Task<int> BothAsync(Task<int> left, Task<int> right)
    {
        await Task.Yield();
        // Both are needed.
        return left.Result + right.GetAwaiter().GetResult();
    }
}
