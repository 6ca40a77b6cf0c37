using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;

/// <summary>A counter whose methods take the lock of the counter itself.</summary>
internal sealed class Counter
{
    private long _count;

    [MethodImpl(MethodImplOptions.Synchronized)]
    public void Add()
    {
        _count++;
    }

    [MethodImpl(MethodImplOptions.Synchronized)]
    public long Read()
    {
        return _count;
    }
}

/// <summary>Runs work for one object at a time, and knows nothing of what the object does.</summary>
internal static class OneAtATime
{
    public static void Run(object about, Action work)
    {
        lock (about)
        {
            work();
        }
    }
}

/// <summary>What the fix costs when nothing overlaps: the counter counts to <c>size</c>.</summary>
public static class Scenario
{
    public const string Measures = "one call of Counter.Add on one thread, nobody else wants the lock";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var counter = new Counter();
        for (var i = 0; i < size; i++)
        {
            counter.Add();
        }

        return counter.Read();
    }
}

/// <summary>Work about a counter, for which another thread counts; work that has not finished at the limit is stuck.</summary>
public static class Program
{
    private const int Works = 4;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(4);

    public static void Main(string[] args)
    {
        var random = new Random(args.Length > 0 ? int.Parse(args[0]) : 0);
        var times = random.Next(1, 100);
        var threads = Enumerable.Range(0, Works).Select(_ => new Thread(() =>
        {
            var counter = new Counter();
            OneAtATime.Run(counter, () => CountElsewhere(counter, times));
        }) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        var end = DateTime.UtcNow + s_limit;
        var stuck = threads.Count(thread => !thread.Join(end > DateTime.UtcNow ? end - DateTime.UtcNow : TimeSpan.Zero));
        Console.WriteLine($"OUTCOME stuck-works={stuck} of {Works}");
    }

    private static void CountElsewhere(Counter counter, int times)
    {
        var thread = new Thread(() =>
        {
            for (var i = 0; i < times; i++)
            {
                counter.Add();
            }
        }) { IsBackground = true };
        thread.Start();
        thread.Join();
    }
}
