using System;
using System.Collections.Generic;

/// <summary>A server that drops its clients while it goes through them.</summary>
internal sealed class Server
{
    private readonly object _gate = new();
    private readonly List<int> _clients = new();

    public int Clients()
    {
        lock (_gate)
        {
            return _clients.Count;
        }
    }

    public void Add(int client)
    {
        lock (_gate)
        {
            _clients.Add(client);
        }
    }

    public void Stop()
    {
        lock (_gate)
        {
            foreach (var client in _clients)
            {
                Drop(client);
            }
        }
    }

    public void Drop(int client)
    {
        lock (_gate)
        {
            _clients.Remove(client);
        }
    }
}

/// <summary>What the fix costs: a copy of one client's number.</summary>
public static class Scenario
{
    public const string Measures = "one call of Server.Stop with no client";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var server = new Server();
        for (var i = 0; i < size; i++)
        {
            server.Stop();
        }

        return server.Clients();
    }
}

/// <summary>Servers with a few clients each are stopped; none should fail, and no client should be left.</summary>
public static class Program
{
    public static void Main(string[] args)
    {
        var (done, failed) = Crowd.Do(50, Crowd.Seed(args), _ =>
        {
            var server = new Server();
            for (var client = 0; client < 3; client++)
            {
                server.Add(client);
            }

            server.Stop();
        });
        Console.WriteLine($"OUTCOME failed-stops={failed} of {done}");
    }
}
