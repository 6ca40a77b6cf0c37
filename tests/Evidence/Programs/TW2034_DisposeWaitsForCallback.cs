using System;
using System.Linq;
using System.Threading;

/// <summary>A job that notes when it was cancelled or finished, and no longer listens once it is finished.</summary>
internal sealed class Job
{
    private readonly object _gate = new();
    private CancellationTokenRegistration _registration;
    private string _end = "";

    public void Start(CancellationToken token)
    {
        _registration = token.Register(() =>
        {
            var end = $"cancelled at {DateTime.UtcNow:O}";
            lock (_gate)
            {
                _end = end;
            }
        });
    }

    public void Finish(int effort)
    {
        lock (_gate)
        {
            _end = _end.Length > 0 ? _end : Finished(effort);
            _registration.Dispose();
        }
    }

    /// <summary>What is written down, which can take a moment.</summary>
    private static string Finished(int effort)
    {
        Effort.Elsewhere(0, effort);
        return $"finished at {DateTime.UtcNow:O}";
    }
}

/// <summary>What the fixed form costs when nobody cancels: jobs are started and finished, <c>size</c> of them.</summary>
public static class Scenario
{
    public const string Measures = "one call of Job.Start and one of Job.Finish on one thread, nobody cancels";
    public const int Size = 1000;
    public const int Operations = Size;

    public static long Run(int size)
    {
        using var source = new CancellationTokenSource();
        var finished = 0L;
        for (var i = 0; i < size; i++)
        {
            var job = new Job();
            job.Start(source.Token);
            job.Finish(0);
            finished++;
        }

        return finished;
    }
}

/// <summary>Jobs that one thread finishes while another cancels them; a thread that has not come to the end at the limit is stuck.</summary>
public static class Program
{
    private const int Jobs = 40;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(4);

    public static void Main(string[] args)
    {
        var seed = args.Length > 0 ? int.Parse(args[0]) : 0;
        var jobs = Enumerable.Range(0, Jobs).Select(_ => (Job: new Job(), Source: new CancellationTokenSource())).ToList();
        jobs.ForEach(pair => pair.Job.Start(pair.Source.Token));
        using var together = new Barrier(2);
        var threads = Enumerable.Range(0, 2).Select(side => new Thread(() =>
        {
            var random = new Random(seed + side);
            foreach (var (job, source) in jobs)
            {
                together.SignalAndWait();
                Thread.SpinWait(random.Next(200));
                if (side == 0)
                {
                    job.Finish(1);
                }
                else
                {
                    source.Cancel();
                }
            }
        }) { IsBackground = true }).ToList();
        threads.ForEach(thread => thread.Start());
        var end = DateTime.UtcNow + s_limit;
        var stuck = threads.Count(thread => !thread.Join(end > DateTime.UtcNow ? end - DateTime.UtcNow : TimeSpan.Zero));
        Console.WriteLine($"OUTCOME stuck-threads={stuck} of {threads.Count}");
    }
}
