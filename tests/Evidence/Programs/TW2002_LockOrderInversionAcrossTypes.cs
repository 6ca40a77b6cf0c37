using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;

/// <summary>A session that leaves its registry when it is closed.</summary>
internal sealed class Session(Registry registry)
{
    private readonly object _gate = new();
    private bool _closed;

    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            registry.Remove(this);
        }
    }

    public bool IsOpen()
    {
        lock (_gate)
        {
            return !_closed;
        }
    }
}

/// <summary>All sessions; asks each of them how it is.</summary>
internal sealed class Registry
{
    private readonly object _sync = new();
    private readonly List<Session> _sessions = [];

    public Session Open()
    {
        var session = new Session(this);
        lock (_sync)
        {
            _sessions.Add(session);
        }

        return session;
    }

    public void Remove(Session session)
    {
        lock (_sync)
        {
            _sessions.Remove(session);
        }
    }

    public int CountOpen()
    {
        lock (_sync)
        {
            var open = 0;
            foreach (var session in _sessions)
            {
                open += session.IsOpen() ? 1 : 0;
            }

            return open;
        }
    }
}

/// <summary>What the fixed form costs when nothing overlaps: sessions are opened, counted and closed one after the other.</summary>
public static class Scenario
{
    public const string Measures = "one call each of Registry.Open, Registry.CountOpen and Session.Close on one thread, with one session open";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var registry = new Registry();
        var open = 0L;
        for (var i = 0; i < size; i++)
        {
            var session = registry.Open();
            open += registry.CountOpen();
            session.Close();
        }

        return open;
    }
}

/// <summary>One thread opens and closes sessions, another counts them; a thread that has not finished at the limit is stuck.</summary>
public static class Program
{
    private static readonly TimeSpan s_work = TimeSpan.FromSeconds(0.7);
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(4);

    public static void Main(string[] args)
    {
        var random = new Random(args.Length > 0 ? int.Parse(args[0]) : 0);
        var registry = new Registry();
        using var start = new Barrier(2);
        var threads = new Action[] { () => registry.Open().Close(), () => registry.CountOpen() }.Select(step => new Thread(() =>
        {
            start.SignalAndWait();
            for (var watch = Stopwatch.StartNew(); watch.Elapsed < s_work;)
            {
                step();
            }
        }) { IsBackground = true }).ToList();
        Thread.Sleep(random.Next(5));
        threads.ForEach(thread => thread.Start());
        var end = DateTime.UtcNow + s_limit;
        var stuck = threads.Count(thread => !thread.Join(end > DateTime.UtcNow ? end - DateTime.UtcNow : TimeSpan.Zero));
        Console.WriteLine($"OUTCOME stuck-threads={stuck} of {threads.Count}");
    }
}
