using System;
using System.Linq;
using System.Threading;

/// <summary>Closed by the last of those who use it.</summary>
internal sealed class Shared(int users)
{
    private int _users = users;
    private int _closed;

    public int Closed => Volatile.Read(ref _closed);

    public void Leave(int effort)
    {
        Interlocked.Decrement(ref _users);
        if (Effort.Elsewhere(0, effort) == _users)
        {
            Interlocked.Increment(ref _closed);
        }
    }
}

/// <summary>What the fix costs when nothing overlaps: one thread leaves.</summary>
public static class Scenario
{
    public const string Measures = "one call of Shared.Leave on one thread";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var shared = new Shared(size);
        for (var i = 0; i < size; i++)
        {
            shared.Leave(0);
        }

        return shared.Closed;
    }
}

/// <summary>Threads that leave at the same time; what is closed other than once, by the last, is closed wrongly.</summary>
public static class Program
{
    private const int Threads = 4;
    private const int Rounds = 40;

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var all = Enumerable.Range(0, Rounds).Select(_ => new Shared(Threads)).ToArray();
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            Thread.SpinWait(new Random(seed + number).Next(1000));
            for (var i = 0; i < Rounds; i++)
            {
                all[i].Leave(1);
                if (i % 10 == 0)
                {
                    start.SignalAndWait();
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.WriteLine($"OUTCOME closed-wrongly={all.Count(shared => shared.Closed != 1)} of {Rounds}");
    }
}
