/// <summary>The whole way down to the wait is async, and awaited.</summary>
internal static class Shop
{
    public static async Task<int> ReplyAsync(int item, int delay)
    {
        await StoreAsync();
        return await PriceAsync(item, delay) + 1;
    }

    private static async Task<int> PriceAsync(int item, int delay)
    {
        return Math.Max(0, await LoadAsync(item, delay));
    }

    private static async Task<int> LoadAsync(int item, int delay)
    {
        return await FetchAsync(item, delay);
    }
}
