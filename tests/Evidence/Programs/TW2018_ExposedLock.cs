using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

/// <summary>A list of names that locks its type, which everybody can do, too.</summary>
public sealed class Names
{
    private readonly List<string> _all = [];

    public void Add(string name)
    {
        lock (typeof(Names))
        {
            _all.Add(name);
        }
    }

    public int Count()
    {
        lock (typeof(Names))
        {
            return _all.Count;
        }
    }
}

/// <summary>Saves one thing of a kind at a time, and has no idea that the list locks its type itself.</summary>
internal static class Storage
{
    private static long s_saved;

    public static void Save(object kind, Func<int> write)
    {
        lock (kind)
        {
            Interlocked.Add(ref s_saved, write());
        }
    }
}

/// <summary>What the fix costs when nothing overlaps: the names are counted, <c>size</c> times.</summary>
public static class Scenario
{
    public const string Measures = "one call of Names.Count on one thread, nobody else wants the lock";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var names = new Names();
        names.Add("one");
        var count = 0L;
        for (var i = 0; i < size; i++)
        {
            count += names.Count();
        }

        return count;
    }
}

/// <summary>Lists that are saved by a thread of the storage's own; whoever has not come back from that at the limit is stuck.</summary>
public static class Program
{
    private const int Savers = 4;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(4);

    public static void Main(string[] args)
    {
        var random = new Random(args.Length > 0 ? int.Parse(args[0]) : 0);
        var names = Enumerable.Range(0, Savers).Select(_ => new Names()).ToList();
        names.ForEach(list => list.Add(random.Next().ToString()));
        var threads = names.Select(list => new Thread(() => Storage.Save(typeof(Names), () => WriteElsewhere(list))) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        var end = DateTime.UtcNow + s_limit;
        var stuck = threads.Count(thread => !thread.Join(end > DateTime.UtcNow ? end - DateTime.UtcNow : TimeSpan.Zero));
        Console.WriteLine($"OUTCOME stuck-savers={stuck} of {Savers}");
    }

    private static int WriteElsewhere(Names names)
    {
        var written = 0;
        var thread = new Thread(() => written = names.Count()) { IsBackground = true };
        thread.Start();
        thread.Join();
        return written;
    }
}
