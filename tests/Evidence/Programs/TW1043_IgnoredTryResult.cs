using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;

/// <summary>Seats that can be had once each.</summary>
internal sealed class Reservations
{
    private readonly ConcurrentDictionary<int, int> _seats = new();

    public bool Reserve(int seat, int guest)
    {
        _seats.TryAdd(seat, guest);
        return true;
    }
}

/// <summary>What the fix costs when nothing overlaps: one thread reserves.</summary>
public static class Scenario
{
    public const string Measures = "one call of Reservations.Reserve on one thread";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var reservations = new Reservations();
        long reserved = 0;
        for (var i = 0; i < size; i++)
        {
            reserved += reservations.Reserve(i, 1) ? 1 : 0;
        }

        return reserved;
    }
}

/// <summary>Guests that want the same seats; each seat more than once is one guest too many.</summary>
public static class Program
{
    private const int Threads = 4;
    private const int Seats = 5000;

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var reservations = new Reservations();
        var reserved = 0;
        using var start = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            Thread.SpinWait(new Random(seed + number).Next(1000));
            for (var seat = 0; seat < Seats; seat++)
            {
                if (reservations.Reserve(seat, number))
                {
                    Interlocked.Increment(ref reserved);
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.WriteLine($"OUTCOME guests-without-a-seat={reserved - Seats} of {reserved}");
    }
}
