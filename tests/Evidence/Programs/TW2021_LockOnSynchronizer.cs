using System;
using System.Linq;
using System.Threading;

/// <summary>An account that enters its lock as a Lock here, and takes the same object's monitor there.</summary>
internal sealed class Account
{
    private readonly Lock _gate = new();
    private long _sum;

    public long Sum => Volatile.Read(ref _sum);

    public void Post(long amount)
    {
        lock (_gate)
        {
            _sum += Charged(amount);
        }
    }

    public bool TryPost(long amount)
    {
        if (!Monitor.TryEnter(_gate, 1000))
            return false;
        try
        {
            _sum += Charged(amount);
            return true;
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    /// <summary>The amount itself, after some work.</summary>
    private static long Charged(long amount)
    {
        for (var i = 1; i < 100; i++)
        {
            amount = (amount * i) / i;
        }

        return amount;
    }
}

/// <summary>What the fix costs when nothing overlaps: one thread makes <c>size</c> postings.</summary>
public static class Scenario
{
    public const string Measures = "one call of Account.TryPost on one thread, nobody else wants the lock";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var account = new Account();
        for (var i = 0; i < size; i++)
        {
            account.TryPost(1);
        }

        return account.Sum;
    }
}

/// <summary>Threads that post one at a time, half of them by each way; what is missing at the end is lost.</summary>
public static class Program
{
    private const int Threads = 4;
    private const int Each = 300_000;

    public static void Main()
    {
        var account = new Account();
        var refused = 0L;
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            for (var i = 0; i < Each; i++)
            {
                if (number % 2 == 0)
                {
                    account.Post(1);
                }
                else if (!account.TryPost(1))
                {
                    Interlocked.Increment(ref refused);
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.WriteLine($"OUTCOME lost-updates={(long)Threads * Each - refused - account.Sum} of {Threads * Each}");
    }
}
