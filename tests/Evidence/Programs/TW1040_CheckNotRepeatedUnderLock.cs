using System;
using System.Linq;
using System.Threading;

/// <summary>Somebody who does work that must not be done twice.</summary>
internal sealed class Worker
{
    private static int s_created;

    public Worker()
    {
        Interlocked.Increment(ref s_created);
        Thread.Yield();
    }

    public static int Created => Volatile.Read(ref s_created);
}

/// <summary>Creates its only worker when it is first asked for.</summary>
internal sealed class Office
{
    private readonly object _gate = new();
    private Worker _worker;

    public Worker Worker()
    {
        if (_worker == null)
        {
            lock (_gate)
            {
                _worker = new Worker();
            }
        }

        return _worker;
    }
}

/// <summary>What the fix costs: one thread opens <c>size</c> offices and asks each for its worker.</summary>
public static class Scenario
{
    public const string Measures = "one office, asked for its worker once, on one thread";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var hash = 0L;
        for (var i = 0; i < size; i++)
        {
            hash += new Office().Worker() is null ? 0 : 1;
        }

        return hash;
    }
}

/// <summary>Threads ask for the worker of a new office together; counted are the workers too many.</summary>
public static class Program
{
    private const int Rounds = 300;
    private const int Threads = 4;

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var offices = Enumerable.Range(0, Rounds).Select(_ => new Office()).ToArray();
        using var together = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() =>
        {
            var random = new Random(seed + number);
            foreach (var office in offices)
            {
                together.SignalAndWait();
                Thread.SpinWait(random.Next(50));
                office.Worker();
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Console.WriteLine($"OUTCOME workers-too-many={Worker.Created - Rounds} of {Rounds}");
    }
}
