using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

/// <summary>A thread that works off a queue until it is told to stop.</summary>
internal sealed class Worker
{
    private readonly object _gate = new();
    private readonly Queue<int> _jobs = new();
    private readonly Thread _thread;
    private bool _stopped;
    private long _done;

    public Worker()
    {
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public void Add(int job)
    {
        lock (_gate)
        {
            _jobs.Enqueue(job);
        }
    }

    public long Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            _thread.Join();
        }

        return _done;
    }

    private void Run()
    {
        while (true)
        {
            lock (_gate)
            {
                if (_jobs.TryDequeue(out var job))
                {
                    _done += job;
                }
                else if (_stopped)
                {
                    return;
                }
            }

            Thread.Yield();
        }
    }
}

/// <summary>What the fixed form costs while the worker works: jobs are added; before the fix the worker never stops, so that stopping cannot be compared.</summary>
public static class Scenario
{
    public const string Measures = "one call of a method that takes the lock and adds a job; before the fix the worker never stops, so that the same code is measured twice";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        var (gate, jobs) = (new object(), new Queue<int>());
        for (var i = 0; i < size; i++)
        {
            lock (gate)
            {
                jobs.Enqueue(i);
            }
        }

        return jobs.Count;
    }
}

/// <summary>Workers that get some jobs and are stopped; whoever has not come back from that at the limit is stuck.</summary>
public static class Program
{
    private const int Workers = 4;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(4);

    public static void Main(string[] args)
    {
        var random = new Random(args.Length > 0 ? int.Parse(args[0]) : 0);
        var jobs = random.Next(1, 50);
        var threads = Enumerable.Range(0, Workers).Select(_ => new Thread(() =>
        {
            var worker = new Worker();
            for (var i = 0; i < jobs; i++)
            {
                worker.Add(i);
            }

            worker.Stop();
        }) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        var end = DateTime.UtcNow + s_limit;
        var stuck = threads.Count(thread => !thread.Join(end > DateTime.UtcNow ? end - DateTime.UtcNow : TimeSpan.Zero));
        Console.WriteLine($"OUTCOME stuck-threads={stuck} of {Workers}");
    }
}
