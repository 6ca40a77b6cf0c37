using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

/// <summary>Where prices come from.</summary>
public static class Prices
{
    public static async Task<int> FetchAsync(int item, int delay)
    {
        await Task.Delay(delay).ConfigureAwait(false);
        return item;
    }
}

/// <summary>A controller that keeps a thread of the pool until the price is there.</summary>
public class PricesController : ControllerBase
{
    [HttpGet("/{item:int}")]
    public Task<int> Get(int item, int delay = Service.Delay)
    {
        return Task.Run(() => Load(item, delay));
    }

    private int Load(int item, int delay)
    {
        return Prices.FetchAsync(item, delay).Result;
    }
}

/// <summary>What the fix gains where threads are not few: the pool of a process that measures has grown to the load.</summary>
public static class Scenario
{
    public const string Measures = "64 calls of PricesController.Get that wait 10 ms each, started at once, until the last has returned; on the pool of the measuring process, which has grown to the load";
    public const int Size = 64;
    public const int Operations = 1;

    public static long Run(int size) => Callers.OnEightThreads(size, item => new PricesController().Get(item, 10));
}

/// <summary>Each reply of the service needs a fifth of a second; one that takes ten times as long is late.</summary>
public static class Program
{
    public static void Main(string[] args) => Service.Run(args, static services => services.AddControllers(), static service => service.MapControllers());
}
