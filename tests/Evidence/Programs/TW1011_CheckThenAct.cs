using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;

/// <summary>What a user has done so far; begins when somebody has told who that is.</summary>
internal sealed class Session
{
    private int _requests;

    public Session() => Thread.Sleep(1);

    public int Requests => Volatile.Read(ref _requests);

    public void Count() => Interlocked.Increment(ref _requests);
}

/// <summary>The sessions of all users, each made when its user is first seen.</summary>
internal sealed class Sessions
{
    private readonly ConcurrentDictionary<int, Session> _sessions = new();

    public int Requests => _sessions.Values.Sum(session => session.Requests);

    public Session Get(int user)
    {
        if (!_sessions.TryGetValue(user, out var session))
        {
            session = new Session();
            _sessions[user] = session;
        }

        return session;
    }
}

/// <summary>What the fix costs when nothing overlaps: one thread asks for sessions that are there.</summary>
public static class Scenario
{
    public const string Measures = "one call of Sessions.Get on one thread for a session that is there";
    public const int Size = 1000;
    public const int Operations = Size;

    private static readonly Sessions s_sessions = new();

    public static long Run(int size)
    {
        for (var i = 0; i < size; i++)
        {
            s_sessions.Get(i % 10).Count();
        }

        return s_sessions.Requests;
    }
}

/// <summary>Threads that ask for the same new user at the same time; what is counted in a session that was overwritten is lost.</summary>
public static class Program
{
    private const int Threads = 4;
    private const int Users = 50;

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var sessions = new Sessions();
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            Thread.SpinWait(new Random(seed + number).Next(1000));
            for (var user = 0; user < Users; user++)
            {
                sessions.Get(user).Count();
                if (user % 10 == 0)
                {
                    start.SignalAndWait();
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.WriteLine($"OUTCOME lost-requests={Threads * Users - sessions.Requests} of {Threads * Users}");
    }
}
