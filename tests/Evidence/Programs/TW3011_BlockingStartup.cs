using System;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

/// <summary>Orders that have come in by requests, and those that are stored.</summary>
internal sealed class Orders
{
    public readonly SemaphoreSlim Arrived = new(0);
    public int Stored;
}

/// <summary>A service of the host that stores every order, and starts by waiting for the first.</summary>
internal sealed class Store(Orders orders) : IHostedService
{
    public Task StartAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            orders.Arrived.Wait(stop);
            Interlocked.Increment(ref orders.Stored);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken stop) => Task.CompletedTask;
}

/// <summary>Nothing of it can be compared: before the fix the start never ends.</summary>
public static class Scenario
{
    public const string Measures = "one order that is taken when it has arrived already; before the fix the start never ends, so that the same code is measured twice";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var arrived = new SemaphoreSlim(size);
        for (var i = 0; i < size; i++)
            arrived.Wait();
        return size;
    }
}

/// <summary>Hosts that are sent an order by a request each; one that has not opened its port and stored the order at the limit is stuck.</summary>
public static class Program
{
    private const int Hosts = 4;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(6);

    public static void Main()
    {
        var orders = Enumerable.Range(0, Hosts).Select(_ => new Orders()).ToList();
        var threads = orders.ConvertAll(of => new Thread(() => Serve(of)) { IsBackground = true });
        threads.ForEach(thread => thread.Start());
        var watch = Stopwatch.StartNew();
        while (orders.Exists(of => of.Stored == 0) && watch.Elapsed < s_limit)
            Thread.Sleep(10);
        Console.WriteLine($"OUTCOME stuck-hosts={orders.Count(of => of.Stored == 0)} of {Hosts}");
    }

    private static void Serve(Orders orders)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(orders).AddHostedService<Store>();
        var host = builder.Build();
        host.MapPost("/", () => orders.Arrived.Release());
        host.Start();
        using var http = new HttpClient();
        http.PostAsync(host.Urls.Single(), null).GetAwaiter().GetResult();
    }
}
