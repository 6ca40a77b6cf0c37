using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

/// <summary>A table that computes a row when it is first asked for, under the lock by which it looked for it.</summary>
internal sealed class Table
{
    private readonly ReaderWriterLockSlim _lock = new();
    private readonly Dictionary<int, long> _rows = [];

    public long Row(int key)
    {
        _lock.EnterReadLock();
        try
        {
            if (_rows.TryGetValue(key, out var known))
            {
                return known;
            }

            _lock.EnterWriteLock();
            try
            {
                return _rows[key] = (long)key * key;
            }
            finally
            {
                _lock.ExitWriteLock();
            }
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    public void Fill(int key)
    {
        _lock.EnterWriteLock();
        _rows[key] = (long)key * key;
        _lock.ExitWriteLock();
    }
}

/// <summary>What the fix costs when nothing overlaps and every row is there.</summary>
public static class Scenario
{
    public const string Measures = "one call of Table.Row on one thread, nobody else wants the lock and the row is there";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var table = new Table();
        table.Fill(0);
        long sum = 0;
        for (var i = 0; i < size; i++)
        {
            sum += table.Row(0);
        }

        return sum;
    }
}

/// <summary>Threads that ask for the same few rows; one that got an exception instead of a row has failed.</summary>
public static class Program
{
    private const int Threads = 4;
    private const int Each = 1_000;

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var table = new Table();
        var failed = 0;
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            var random = new Random(seed + number);
            for (var i = 0; i < Each; i++)
            {
                try
                {
                    table.Row(random.Next(50));
                }
                catch (LockRecursionException)
                {
                    Interlocked.Increment(ref failed);
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.WriteLine($"OUTCOME failed-calls={failed} of {Threads * Each}");
    }
}
