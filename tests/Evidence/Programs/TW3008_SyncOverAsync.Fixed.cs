/// <summary>Gives its thread back until the price is there.</summary>
public class PricesController
{
    [HttpGet("/{item:int}")]
    public Task<int> Get(int item, int delay = Service.Delay)
    {
        return LoadAsync(item, delay);
    }

    private async Task<int> LoadAsync(int item, int delay)
    {
        return await Prices.FetchAsync(item, delay);
    }
}

/// <summary>What it returns can be awaited.</summary>
public static class Scenario
{
    public static long Run(int size)
    {
        return Callers.OnEightThreads(size, item => new PricesController().Get(item, 10));
    }
}
