using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;

/// <summary>Two accounts with a lock each; the two directions of a transfer take the locks in opposite orders.</summary>
internal sealed class Accounts
{
    private readonly object _left = new();
    private readonly object _right = new();
    private long _leftBalance;
    private long _rightBalance;

    public void ToRight(int amount)
    {
        lock (_left)
        {
            lock (_right)
            {
                _leftBalance -= amount;
                _rightBalance += amount;
            }
        }
    }

    public void ToLeft(int amount)
    {
        lock (_right)
        {
            lock (_left)
            {
                _rightBalance -= amount;
                _leftBalance += amount;
            }
        }
    }
}

/// <summary>What the fix costs when nothing overlaps: one thread transfers there and back, <c>size</c> transfers in all.</summary>
public static class Scenario
{
    public const string Measures = "one call of Accounts.ToRight or ToLeft on one thread, nobody else wants the locks";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var accounts = new Accounts();
        for (var i = 0; i < size; i += 2)
        {
            accounts.ToRight(1);
            accounts.ToLeft(1);
        }

        return size;
    }
}

/// <summary>One thread transfers to the right, another to the left; a thread that has not finished at the limit is stuck.</summary>
public static class Program
{
    private static readonly TimeSpan s_work = TimeSpan.FromSeconds(0.7);
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(4);

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var accounts = new Accounts();
        using var start = new Barrier(2);
        var threads = new Action<int>[] { accounts.ToRight, accounts.ToLeft }.Select((transfer, number) => new Thread(() =>
        {
            var random = new Random(seed + number);
            start.SignalAndWait();
            for (var watch = Stopwatch.StartNew(); watch.Elapsed < s_work;)
            {
                transfer(1);
                Thread.SpinWait(random.Next(8));
            }
        }) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        var end = DateTime.UtcNow + s_limit;
        var stuck = threads.Count(thread => !thread.Join(end > DateTime.UtcNow ? end - DateTime.UtcNow : TimeSpan.Zero));
        Console.WriteLine($"OUTCOME stuck-threads={stuck} of {threads.Count}");
    }
}
