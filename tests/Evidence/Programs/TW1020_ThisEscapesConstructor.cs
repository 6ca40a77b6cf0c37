// Also fixed by: Make objects by a method that starts them
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

/// <summary>Sessions that are found by their number, and go on with what was logged before.</summary>
internal sealed class Session
{
    private static readonly ConcurrentDictionary<int, Session> s_all = new();
    private readonly List<int> _log;

    public Session(int id, IEnumerable<int> past)
    {
        s_all[id] = this;
        _log = new List<int>(past);
    }

    public int Entries => _log.Count;

    public static Session? Find(int id) => s_all.TryGetValue(id, out var session) ? session : null;

    public static void Close(int id) => s_all.TryRemove(id, out _);
}

/// <summary>What the fix costs: nothing, the same is done in another order.</summary>
public static class Scenario
{
    public const string Measures = "one session made, found and closed on one thread";
    public const int Size = 100;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var found = 0L;
        for (var i = 0; i < size; i++)
        {
            _ = new Session(i, []);
            found += Session.Find(i)!.Entries;
            Session.Close(i);
        }

        return found;
    }
}

/// <summary>One thread makes sessions, another looks for each until it is there.</summary>
public static class Program
{
    private const int Sessions = 40;

    public static void Main()
    {
        var failed = 0;
        var past = Enumerable.Range(0, 1).Select(entry => Effort.Elsewhere(entry, 1));
        var seeker = new Thread(() =>
        {
            var wait = new SpinWait();
            for (var id = 0; id < Sessions; id++)
            {
                Session? session;
                while ((session = Session.Find(id)) is null)
                {
                    wait.SpinOnce(sleep1Threshold: -1);
                }

                try
                {
                    _ = session.Entries;
                }
                catch (NullReferenceException)
                {
                    failed++;
                }

                Session.Close(id);
            }
        });
        seeker.Start();
        for (var id = 0; id < Sessions; id++)
        {
            _ = new Session(id, past);
            if (id % 4 == 0)
            {
                SpinWait.SpinUntil(() => Session.Find(id) is null, 1);
            }
        }

        seeker.Join();
        Console.WriteLine($"OUTCOME half-made-sessions={failed} of {Sessions}");
    }
}
