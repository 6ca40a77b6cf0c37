using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;

/// <summary>Says which lock is taken first.</summary>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class AcquiredBeforeAttribute(string other) : Attribute
{
    public string Other => other;
}

/// <summary>Numbers and an index over them; visitors run under the lock of the numbers and may ask the index.</summary>
internal sealed class Store
{
    [AcquiredBefore(nameof(_index))]
    private readonly object _data = new();
    private readonly object _index = new();
    private readonly List<int> _numbers = [3, 1, 2];
    private Dictionary<int, int> _positions = [];

    public void Visit(Action<int> visit)
    {
        lock (_data)
        {
            foreach (var number in _numbers)
            {
                visit(number);
            }
        }
    }

    public int Find(int number)
    {
        lock (_index)
        {
            return _positions.GetValueOrDefault(number, -1);
        }
    }

    public void Rebuild()
    {
        lock (_index)
        {
            lock (_data)
            {
                _positions = _numbers.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
            }
        }
    }
}

/// <summary>What the fixed form costs when nothing overlaps: the index is built <c>size</c> times.</summary>
public static class Scenario
{
    public const string Measures = "one call of Store.Rebuild over three numbers on one thread, nobody else wants the locks";
    public const int Size = 100;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var store = new Store();
        for (var i = 0; i < size; i++)
        {
            store.Rebuild();
        }

        return store.Find(1);
    }
}

/// <summary>One thread visits and looks up, another rebuilds the index; a thread that has not finished at the limit is stuck.</summary>
public static class Program
{
    private static readonly TimeSpan s_work = TimeSpan.FromSeconds(0.7);
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(4);

    public static void Main(string[] args)
    {
        var random = new Random(args.Length > 0 ? int.Parse(args[0]) : 0);
        var store = new Store();
        using var start = new Barrier(2);
        var threads = new Action[] { () => store.Visit(number => store.Find(number)), store.Rebuild }.Select(step => new Thread(() =>
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
