using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;

/// <summary>An account with a lock of its own; a transfer locks the two accounts in the order in which its caller names them.</summary>
internal sealed class Account
{
    private readonly object _gate = new();
    private long _balance;

    public static void Transfer(Account from, Account to, int amount)
    {
        lock (from._gate)
        {
            lock (to._gate)
            {
                from._balance -= amount;
                to._balance += amount;
            }
        }
    }
}

/// <summary>What the fix costs when nothing overlaps: one thread transfers there and back, <c>size</c> transfers in all.</summary>
public static class Scenario
{
    public const string Measures = "one call of Account.Transfer on one thread, nobody else wants the locks";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var (one, other) = (new Account(), new Account());
        for (var i = 0; i < size; i += 2)
        {
            Account.Transfer(one, other, 1);
            Account.Transfer(other, one, 1);
        }

        return size;
    }
}

/// <summary>Two threads transfer between the same two accounts, in opposite directions; a thread that has not finished at the limit is stuck.</summary>
public static class Program
{
    private static readonly TimeSpan s_work = TimeSpan.FromSeconds(0.7);
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(4);

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var (one, other) = (new Account(), new Account());
        using var start = new Barrier(2);
        var threads = new[] { (From: one, To: other), (From: other, To: one) }.Select((pair, number) => new Thread(() =>
        {
            var random = new Random(seed + number);
            start.SignalAndWait();
            for (var watch = Stopwatch.StartNew(); watch.Elapsed < s_work;)
            {
                Account.Transfer(pair.From, pair.To, 1);
                Thread.SpinWait(random.Next(8));
            }
        }) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        var end = DateTime.UtcNow + s_limit;
        var stuck = threads.Count(thread => !thread.Join(end > DateTime.UtcNow ? end - DateTime.UtcNow : TimeSpan.Zero));
        Console.WriteLine($"OUTCOME stuck-threads={stuck} of {threads.Count}");
    }
}
