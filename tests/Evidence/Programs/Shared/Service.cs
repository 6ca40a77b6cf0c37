using System;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

/// <summary>A Kestrel service in a process of its own, and what it does for 64 clients who ask one thing after another.</summary>
internal static class Service
{
    /// <summary>How long the work of one request takes, in milliseconds.</summary>
    public const int Delay = 200;

    private const int Clients = 64;
    private const int RequestsOfEach = 2;
    private const int Late = 10 * Delay;

    /// <summary>Prints how many replies took ten times as long as they need, and how many requests per second were answered.</summary>
    public static void Run(string[] args, Action<IServiceCollection> add, Action<WebApplication> map)
    {
        if (args is ["serve"])
            Serve(add, map);
        else
            Measure();
    }

    /// <summary>Until its input ends.</summary>
    private static void Serve(Action<IServiceCollection> add, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        add(builder.Services);
        var service = builder.Build();
        map(service);
        service.Start();
        Console.WriteLine(service.Urls.Single());
        Console.In.ReadToEnd();
    }

    private static void Measure()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["exec", typeof(Service).Assembly.Location, "serve"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        using var http = new HttpClient { BaseAddress = new Uri(process.StandardOutput.ReadLine()!) };
        _ = http.GetStringAsync("/0").GetAwaiter().GetResult();
        var watch = Stopwatch.StartNew();
        var replies = Task.WhenAll(Enumerable.Range(0, Clients).Select(client => AskAsync(http, client))).GetAwaiter().GetResult().SelectMany(times => times).ToList();
        var perSecond = replies.Count / watch.Elapsed.TotalSeconds;
        process.StandardInput.Close();
        process.WaitForExit();
        Console.WriteLine($"OUTCOME late-replies={replies.Count(time => time > Late)} of {replies.Count}, {perSecond:F0} requests per second, the slowest in {replies.Max()} ms");
    }

    private static async Task<long[]> AskAsync(HttpClient http, int client)
    {
        var times = new long[RequestsOfEach];
        for (var i = 0; i < times.Length; i++)
        {
            var watch = Stopwatch.StartNew();
            _ = await http.GetStringAsync($"/{client}");
            times[i] = watch.ElapsedMilliseconds;
        }

        return times;
    }
}
