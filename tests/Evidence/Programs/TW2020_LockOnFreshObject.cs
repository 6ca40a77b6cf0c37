using System;
using System.Linq;
using System.Threading;

/// <summary>An account whose every posting locks an object of its own.</summary>
internal sealed class Account
{
    private long _sum;

    public long Sum => Volatile.Read(ref _sum);

    public void Post(int amount, int effort)
    {
        var gate = new object();
        lock (gate)
        {
            _sum += Effort.Of(amount, effort);
        }
    }
}

/// <summary>What the fix costs when nothing overlaps: one thread makes <c>size</c> postings.</summary>
public static class Scenario
{
    public const string Measures = "one call of Account.Post on one thread, nobody else wants the lock";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var account = new Account();
        for (var i = 0; i < size; i++)
        {
            account.Post(1, 0);
        }

        return account.Sum;
    }
}

/// <summary>Threads that post one at a time; what is missing at the end is lost.</summary>
public static class Program
{
    private const int Threads = 4;
    private const int Each = 50_000;

    public static void Main()
    {
        var account = new Account();
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            start.SignalAndWait();
            for (var i = 0; i < Each; i++)
            {
                account.Post(1, 10);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.WriteLine($"OUTCOME lost-updates={(long)Threads * Each - account.Sum} of {Threads * Each}");
    }
}
