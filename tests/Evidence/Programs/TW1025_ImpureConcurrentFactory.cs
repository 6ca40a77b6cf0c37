using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;

/// <summary>Has to be disposed of, and counts how many are open; is ready when the other side has answered.</summary>
internal sealed class Connection : IDisposable
{
    private static int s_open;

    public Connection()
    {
        Interlocked.Increment(ref s_open);
        Thread.Sleep(1);
    }

    public static int Open => Volatile.Read(ref s_open);

    public void Dispose() => Interlocked.Decrement(ref s_open);
}

/// <summary>One connection for each host.</summary>
internal sealed class Connections
{
    private readonly ConcurrentDictionary<int, Connection> _connections = new();

    public Connection Get(int host) => _connections.GetOrAdd(host, _ => new Connection());

    public void Close()
    {
        foreach (var connection in _connections.Values)
        {
            connection.Dispose();
        }
    }
}

/// <summary>What the fix costs when nothing overlaps: one thread asks for connections that are there.</summary>
public static class Scenario
{
    public const string Measures = "one call of Connections.Get on one thread for a connection that is there";
    public const int Size = 1000;
    public const int Operations = Size;

    private static readonly Connections s_connections = new();

    public static long Run(int size)
    {
        for (var i = 0; i < size; i++)
        {
            s_connections.Get(i % 10);
        }

        return size;
    }
}

/// <summary>Threads that want the same hosts; in the end all connections are closed that anybody can find.</summary>
public static class Program
{
    private const int Threads = 4;
    private const int Hosts = 50;

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var connections = new Connections();
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            Thread.SpinWait(new Random(seed + number).Next(1000));
            for (var host = 0; host < Hosts; host++)
            {
                connections.Get(host);
                if (host % 10 == 0)
                {
                    start.SignalAndWait();
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        connections.Close();
        Console.WriteLine($"OUTCOME left-open={Connection.Open} of {Hosts}");
    }
}
