/// <summary>The reply awaits the price.</summary>
internal static class Shop
{
    public static async Task<int> ReplyAsync(int item, int delay)
    {
        await StoreAsync();
        return await Prices.OfAsync(item, delay) + 1;
    }
}

/// <summary>Whoever can await asks for it in this way.</summary>
internal static class Prices
{
    public static async Task<int> OfAsync(int item, int delay)
    {
        return Math.Max(0, await Warehouse.LoadAsync(item, delay));
    }
}

/// <summary>No thread waits until the price is there.</summary>
internal static class Warehouse
{
    public static async Task<int> LoadAsync(int item, int delay)
    {
        return await FetchAsync(item, delay);
    }
}
