using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

/// <summary>A table that is written under the write lock and left as if it had been read.</summary>
internal sealed class Table
{
    private readonly ReaderWriterLockSlim _lock = new();
    private readonly Dictionary<int, int> _rows = [];

    public void Set(int key, int value)
    {
        _lock.EnterWriteLock();
        try
        {
            _rows[key] = value;
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }
}

/// <summary>What a call costs; before the fix that is a call which fails.</summary>
public static class Scenario
{
    public const string Measures = "one new table and one call of Table.Set on one thread; before the fix it throws";
    public const int Size = 20;
    public const int Operations = Size;

    public static long Run(int size)
    {
        for (var i = 0; i < size; i++)
        {
            try
            {
                new Table().Set(i, i);
            }
            catch (SynchronizationLockException)
            {
                // What the wrong exit does.
            }
        }

        return size;
    }
}

/// <summary>Threads that write rows; a thread that has not finished at the limit is stuck.</summary>
public static class Program
{
    private const int Threads = 4;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(3);

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var table = new Table();
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() => Write(table, new Random(seed + number))) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        var end = DateTime.UtcNow + s_limit;
        var stuck = threads.Count(thread => !thread.Join(end > DateTime.UtcNow ? end - DateTime.UtcNow : TimeSpan.Zero));
        Console.WriteLine($"OUTCOME stuck-threads={stuck} of {Threads}");
    }

    private static void Write(Table table, Random random)
    {
        try
        {
            for (var i = 0; i < 500; i++)
            {
                table.Set(random.Next(100), i);
            }
        }
        catch (SynchronizationLockException)
        {
            // One writer learns that something is wrong; the others only wait.
        }
    }
}
