/// <summary>No thread of the pool waits for another.</summary>
internal static class Report
{
    public static Task<int> Start(int part, int delay)
    {
        return Task.Run(() => SumAsync(part, delay));
    }

    private static async Task<int> SumAsync(int part, int delay)
    {
        var rate = Task.Run(() => LoadRateAsync(delay));
        return part * await rate;
    }
}
