using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

/// <summary>A book that is opened beside what its owner does.</summary>
internal abstract class Book
{
    protected Book() => Opened = Task.Run(Open);

    public Task Opened { get; private set; }

    protected abstract void Open();
}

/// <summary>A log that goes on with what is there, and begins with an entry of its own.</summary>
internal sealed class Log : Book
{
    private readonly List<int> _entries;

    public Log(IEnumerable<int> past) => _entries = new List<int>(past);

    protected override void Open() => _entries.Add(1);
}

/// <summary>Where logs come from.</summary>
internal static class Logs
{
    public static Log Next(IEnumerable<int> past) => new(past);
}

/// <summary>What it costs to start when all is there: nothing, the same is done in another order.</summary>
public static class Scenario
{
    public const string Measures = "one log made and opened, on one thread and the pool";
    public const int Size = 100;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var logs = new Log[size];
        for (var i = 0; i < size; i++)
        {
            logs[i] = Logs.Next([0]);
        }

        while (!logs.All(log => log.Opened.IsCompleted))
        {
            Thread.Yield();
        }

        return size;
    }
}

/// <summary>Makes logs, one after the other; counted are those whose first entry found nothing to be added to.</summary>
public static class Program
{
    private const int Count = 30;

    public static void Main()
    {
        var past = Enumerable.Range(0, 1).Select(entry => Effort.Elsewhere(entry, 1));
        var failed = Enumerable.Range(0, Count).Count(_ => Fails(Logs.Next(past).Opened));
        Console.WriteLine($"OUTCOME logs-that-failed={failed} of {Count}");
    }

    private static bool Fails(Task opened)
    {
        try
        {
            opened.Wait();
            return false;
        }
        catch (AggregateException)
        {
            return true;
        }
    }
}
