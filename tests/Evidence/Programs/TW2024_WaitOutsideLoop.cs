using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

/// <summary>Jobs that are waited for once: a woken thread takes what may be gone already.</summary>
internal sealed class Jobs
{
    private readonly object _gate = new();
    private readonly Queue<int> _waiting = new();

    public void Put(int job)
    {
        lock (_gate)
        {
            _waiting.Enqueue(job);
            Monitor.Pulse(_gate);
        }
    }

    public int Take()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                Monitor.Wait(_gate);
            }

            return _waiting.Dequeue();
        }
    }
}

/// <summary>What the fix costs when nothing overlaps: one thread puts a job and takes it, <c>size</c> times.</summary>
public static class Scenario
{
    public const string Measures = "one call of Jobs.Put and one of Jobs.Take on one thread, nobody waits";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var jobs = new Jobs();
        var last = 0;
        for (var i = 0; i < size; i++)
        {
            jobs.Put(i);
            last = jobs.Take();
        }

        return last;
    }
}

/// <summary>Producers and consumers; counted is how often a consumer was woken and found nothing.</summary>
public static class Program
{
    private const int Pairs = 3;
    private const int Each = 12_000;

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var jobs = new Jobs();
        var deceived = 0;
        var left = Pairs * Each;
        using var start = new Barrier(Pairs * 2);
        var producers = Enumerable.Range(0, Pairs).Select(number => new Thread(() => PutAll(jobs, start, new Random(seed + number))));
        var consumers = Enumerable.Range(0, Pairs).Select(_ => new Thread(() =>
        {
            start.SignalAndWait();
            while (Volatile.Read(ref left) > 0)
            {
                Interlocked.Decrement(ref Taken(jobs) ? ref left : ref deceived);
            }
        }) { IsBackground = true });
        var threads = producers.Concat(consumers).ToList();
        threads.ForEach(thread => thread.Start());
        for (var end = DateTime.UtcNow + TimeSpan.FromSeconds(15); Volatile.Read(ref left) > 0 && DateTime.UtcNow < end;)
        {
            Thread.Sleep(10);
        }

        Console.WriteLine($"OUTCOME wake-ups-to-an-empty-queue={-deceived} of {Pairs * Each} jobs");
    }

    private static void PutAll(Jobs jobs, Barrier start, Random random)
    {
        start.SignalAndWait();
        for (var i = 0; i < Each; i++)
        {
            jobs.Put(i);
            Thread.SpinWait(random.Next(20));
        }
    }

    private static bool Taken(Jobs jobs)
    {
        try
        {
            jobs.Take();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
