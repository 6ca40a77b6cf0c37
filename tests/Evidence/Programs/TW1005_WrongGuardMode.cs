using System;
using System.Linq;
using System.Threading;

/// <summary>Visits that are counted by threads which hold the lock for reading.</summary>
internal sealed class Visits
{
    private readonly ReaderWriterLockSlim _lock = new();
    private long _count;

    public long Count()
    {
        _lock.EnterReadLock();
        try
        {
            return _count;
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }

    public void Add(int[] guests)
    {
        _lock.EnterReadLock();
        try
        {
            _count += guests.Sum();
        }
        finally
        {
            _lock.ExitReadLock();
        }
    }
}

/// <summary>What the fix costs when nothing overlaps.</summary>
public static class Scenario
{
    public const string Measures = "one call of Visits.Add on one thread, nobody else wants the lock";
    public const int Size = 1000;
    public const int Operations = Size;

    private static readonly int[] s_guest = [1];

    public static long Run(int size)
    {
        var visits = new Visits();
        for (var i = 0; i < size; i++)
        {
            visits.Add(s_guest);
        }

        return visits.Count();
    }
}

/// <summary>Threads that count visits at the same time; every visit should be counted.</summary>
public static class Program
{
    private const int Guests = 2000;

    public static void Main(string[] args)
    {
        var visits = new Visits();
        var guests = Enumerable.Repeat(1, Guests).ToArray();
        var (done, _) = Crowd.Do(50_000, Crowd.Seed(args), _ => visits.Add(guests));
        Console.WriteLine($"OUTCOME lost-visits={(long)done * Guests - visits.Count()} of {(long)done * Guests}");
    }
}
