using System;
using System.Linq;
using System.Threading;

/// <summary>Says that many threads call.</summary>
internal sealed class ThreadSafeAttribute : Attribute
{
}

/// <summary>Has to be disposed of; is open when the other side has answered.</summary>
internal sealed class Connection : IDisposable
{
    public Connection() => Thread.Sleep(1);

    public void Dispose()
    {
    }
}

/// <summary>One connection for all who ask.</summary>
[ThreadSafe]
internal sealed class Host
{
    private Connection? _connection;

    public Connection Connect()
    {
        if (_connection == null)
        {
            _connection = new Connection();
        }

        return _connection;
    }
}

/// <summary>What the fix costs when the connection is there.</summary>
public static class Scenario
{
    public const string Measures = "one call of Host.Connect on one thread for a connection that is there";
    public const int Size = 1000;
    public const int Operations = Size;

    private static readonly Host s_host = new();

    public static long Run(int size)
    {
        var same = 0L;
        var first = s_host.Connect();
        for (var i = 0; i < size; i++)
        {
            same += ReferenceEquals(s_host.Connect(), first) ? 1 : 0;
        }

        return same;
    }
}

/// <summary>Threads that are the first to ask; all should get the same connection.</summary>
public static class Program
{
    private const int Threads = 2;
    private const int Hosts = 50;

    public static void Main(string[] args)
    {
        var seed = Crowd.Seed(args);
        var hosts = Enumerable.Range(0, Hosts).Select(_ => new Host()).ToArray();
        var got = Enumerable.Range(0, Threads).Select(_ => new Connection[Hosts]).ToArray();
        var at = new int[Threads];
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            var random = new Random(seed + number);
            for (var i = 0; i < Hosts; i++)
            {
                Volatile.Write(ref at[number], i);
                SpinWait.SpinUntil(() => Volatile.Read(ref at[1 - number]) >= i, 1);
                Thread.SpinWait(random.Next(4));
                got[number][i] = hosts[i].Connect();
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var second = Enumerable.Range(0, Hosts).Count(i => !ReferenceEquals(got[0][i], got[1][i]));
        Console.WriteLine($"OUTCOME second-connections={second} of {Hosts}");
    }
}
