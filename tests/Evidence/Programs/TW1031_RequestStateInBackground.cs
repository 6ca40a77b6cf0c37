using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

/// <summary>Answers an order at once, and confirms it to the address in the request a little later.</summary>
internal sealed class Shop
{
    private readonly ConcurrentDictionary<int, string?> _confirmed = new();
    private int _ended;

    /// <summary>How many orders nothing more is done for, confirmed or not.</summary>
    public int Ended => Volatile.Read(ref _ended);

    public string? AddressOf(int order) => _confirmed.GetValueOrDefault(order);

    public void Order(int order, HttpContext context, int effort)
    {
        _ = Task.Run(async () =>
        {
            try
            {
                await Task.Delay(effort);
                _confirmed.TryAdd(order, context.Request.QueryString.Value);
            }
            finally
            {
                Interlocked.Increment(ref _ended);
            }
        });
    }
}

/// <summary>What the fix costs: one thread orders <c>size</c> times, until all is confirmed.</summary>
public static class Scenario
{
    public const string Measures = "one call of Shop.Order on one thread, until it is confirmed from the pool";
    public const int Size = 100;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var shop = new Shop();
        var context = new DefaultHttpContext();
        for (var i = 0; i < size; i++)
        {
            shop.Order(i, context, 0);
        }

        while (shop.Ended < size)
        {
            Thread.Yield();
        }

        return shop.Ended;
    }
}

/// <summary>A client of a Kestrel service that orders again and again; counted are the orders that nobody hears of at the address they came with.</summary>
public static class Program
{
    private const int Orders = 200;

    public static async Task Main()
    {
        var shop = new Shop();
        await using var service = Serve(shop);
        using var client = new HttpClient { BaseAddress = new Uri(service.Urls.Single()) };
        for (var i = 0; i < Orders; i++)
        {
            await client.GetStringAsync($"/{i}?customer{i}");
        }

        SpinWait.SpinUntil(() => shop.Ended == Orders);
        var unheard = Enumerable.Range(0, Orders).Count(i => shop.AddressOf(i) != $"?customer{i}");
        Console.WriteLine($"OUTCOME orders-not-confirmed={unheard} of {Orders}");
    }

    private static WebApplication Serve(Shop shop)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var service = builder.Build();
        service.Run(context =>
        {
            shop.Order(int.Parse(context.Request.Path.Value![1..]), context, 20);
            return context.Response.WriteAsync("thank you");
        });
        service.Start();
        return service;
    }
}
