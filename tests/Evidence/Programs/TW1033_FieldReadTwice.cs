using System;
using System.Threading;

/// <summary>A client whose connection comes and goes.</summary>
internal sealed class Client
{
    private volatile string? _connection = "open";

    public void Toggle() => _connection = _connection is null ? "open" : null;

    public void Drop() => _connection = null;

    public int Send(int effort)
    {
        var sent = 0;
        if (_connection != null)
        {
            sent = Effort.Elsewhere(1, effort) * _connection.Length;
        }

        return sent;
    }
}

/// <summary>What the fix costs: nothing, the field is read once instead of twice.</summary>
public static class Scenario
{
    public const string Measures = "one call of Client.Send on one thread";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var client = new Client();
        var sent = 0L;
        for (var i = 0; i < size; i++)
        {
            sent += client.Send(0);
        }

        return sent;
    }
}

/// <summary>Threads that send while another opens and closes the connection; nobody should fail.</summary>
public static class Program
{
    public static void Main(string[] args)
    {
        var client = new Client();
        var (done, failed) = Crowd.Do(50, Crowd.Seed(args), number =>
        {
            if (number == 0)
            {
                client.Toggle();
            }
            else
            {
                client.Send(1);
            }

            Thread.Sleep(1);
        });
        Console.WriteLine($"OUTCOME failed-calls={failed} of {done}");
    }
}
