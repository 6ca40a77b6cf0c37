using System;
using System.Linq;
using System.Threading;

/// <summary>A session that counts itself out when its use ends.</summary>
internal sealed class Session : IDisposable
{
    private static int s_open;

    private volatile string _name = "open";
    private bool _disposed;

    public Session() => Interlocked.Increment(ref s_open);

    public static int Open => Volatile.Read(ref s_open);

    public string Name => _name;

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _name = "closed";
        Interlocked.Decrement(ref s_open);
    }
}

/// <summary>What the fix costs: <c>size</c> sessions are opened and closed by one thread.</summary>
public static class Scenario
{
    public const string Measures = "one session, opened and closed on one thread";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        for (var i = 0; i < size; i++)
        {
            new Session().Dispose();
        }

        return Session.Open;
    }
}

/// <summary>Two threads come to the end of each session at the same moment; counted are the sessions that were closed twice.</summary>
public static class Program
{
    private const int Sessions = 60_000;

    public static void Main(string[] args)
    {
        var seed = Crowd.Seed(args);
        var sessions = Enumerable.Range(0, Sessions).Select(_ => new Session()).ToArray();
        var at = new int[2];
        var threads = Enumerable.Range(0, 2).Select(number => new Thread(() =>
        {
            var random = new Random(seed + number);
            for (var i = 0; i < Sessions; i++)
            {
                Volatile.Write(ref at[number], i);
                for (var turns = 1; Volatile.Read(ref at[1 - number]) < i; turns++)
                {
                    if (turns % 1000 == 0)
                    {
                        Thread.Yield();
                    }
                }

                Thread.SpinWait(random.Next(3));
                sessions[i].Dispose();
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.WriteLine($"OUTCOME closed-twice={-Session.Open} of {Sessions}");
    }
}
