// Fixed by: Create a scope for the work
using System;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.EntityFrameworkCore
{
    /// <summary>Stands for the package's: it ends with its scope, and is of no use then.</summary>
    public class DbContext : IDisposable
    {
        private volatile bool _closed;

        public int SaveChanges() => _closed ? throw new ObjectDisposedException(nameof(DbContext)) : 1;

        public void Dispose() => _closed = true;
    }
}

/// <summary>Where orders are kept.</summary>
public sealed class Book : DbContext
{
}

/// <summary>Answers an order at once, and writes it down a little later.</summary>
[ApiController]
public sealed class Shop : ControllerBase
{
    private static int s_kept;
    private static int s_ended;

    private readonly Book _book;

    public Shop(Book book)
    {
        _book = book;
    }

    public static int Kept => Volatile.Read(ref s_kept);

    public static int Ended => Volatile.Read(ref s_ended);

    [HttpGet("/{effort}")]
    public string Order(int effort)
    {
        _ = Task.Run(() =>
        {
            try
            {
                Thread.Sleep(effort);
                Interlocked.Add(ref s_kept, _book.SaveChanges());
            }
            finally
            {
                Interlocked.Increment(ref s_ended);
            }
        });
        return "thank you";
    }

    public static WebApplication Open()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddScoped<Book>();
        builder.Services.AddControllers().AddApplicationPart(typeof(Shop).Assembly);
        var service = builder.Build();
        service.MapControllers();
        service.Start();
        return service;
    }
}

/// <summary>What the fix costs: a client orders <c>size</c> times, until all is written down or lost.</summary>
public static class Scenario
{
    public const string Measures = "one order over HTTP on loopback, until it is written down or lost";
    public const int Size = 20;
    public const int Operations = Size;

    private static readonly WebApplication s_service = Shop.Open();
    private static readonly HttpClient s_client = new() { BaseAddress = new Uri(s_service.Urls.Single()) };

    public static long Run(int size)
    {
        var before = Shop.Ended;
        for (var i = 0; i < size; i++)
        {
            _ = s_client.GetStringAsync("/0").GetAwaiter().GetResult();
        }

        SpinWait.SpinUntil(() => Shop.Ended == before + size);
        return size;
    }
}

/// <summary>A client of a Kestrel service that orders again and again; counted are the orders that are nowhere in the book.</summary>
public static class Program
{
    private const int Orders = 200;

    public static async Task Main()
    {
        await using var service = Shop.Open();
        using var client = new HttpClient { BaseAddress = new Uri(service.Urls.Single()) };
        for (var i = 0; i < Orders; i++)
        {
            await client.GetStringAsync("/20");
        }

        SpinWait.SpinUntil(() => Shop.Ended == Orders);
        Console.WriteLine($"OUTCOME orders-not-kept={Orders - Shop.Kept} of {Orders}");
    }
}
