using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

/// <summary>An inbox that is closed without a word to those who wait at it.</summary>
internal sealed class Inbox
{
    private readonly object _gate = new();
    private readonly Queue<int> _items = new();
    private bool _closed;

    public void Put(int item)
    {
        lock (_gate)
        {
            _items.Enqueue(item);
            Monitor.Pulse(_gate);
        }
    }

    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }
    }

    public int? Take()
    {
        lock (_gate)
        {
            while (_items.Count == 0 && !_closed)
            {
                Monitor.Wait(_gate);
            }

            return _items.Count > 0 ? _items.Dequeue() : null;
        }
    }
}

/// <summary>What the fix costs when nothing overlaps: one thread opens an inbox, puts and takes one item and closes it, <c>size</c> times.</summary>
public static class Scenario
{
    public const string Measures = "one call each of Inbox.Put, Take and Close on a new inbox on one thread, nobody waits";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var sum = 0L;
        for (var i = 0; i < size; i++)
        {
            var inbox = new Inbox();
            inbox.Put(i);
            sum += inbox.Take() ?? 0;
            inbox.Close();
        }

        return sum;
    }
}

/// <summary>Consumers take all there is until the inbox is closed; one that has not finished at the limit is stuck.</summary>
public static class Program
{
    private const int Consumers = 4;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(4);

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var inbox = new Inbox();
        var threads = Enumerable.Range(0, Consumers).Select(_ => new Thread(() =>
        {
            while (inbox.Take() is not null)
            {
            }
        }) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        var random = new Random(seed);
        for (var i = 0; i < 200; i++)
        {
            inbox.Put(i);
            Thread.SpinWait(random.Next(2_000));
        }

        Thread.Sleep(100);
        inbox.Close();
        var end = DateTime.UtcNow + s_limit;
        var stuck = threads.Count(thread => !thread.Join(end > DateTime.UtcNow ? end - DateTime.UtcNow : TimeSpan.Zero));
        Console.WriteLine($"OUTCOME stuck-threads={stuck} of {Consumers}");
    }
}
