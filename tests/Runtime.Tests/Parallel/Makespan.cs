namespace Threadwise.Runtime.Tests.Maps;

/// <summary>A model of a parallel map on processors that nothing else uses: the library's own dispenser and pacer, with times that are given and not measured.</summary>
/// <remarks>It says what the shape of the work costs, and is the same on every machine and at every run.</remarks>
internal static class Makespan
{
    /// <summary>Handing out a chunk, in nanoseconds.</summary>
    private const double Dispatch = 10;

    /// <summary>The time until the last worker is done, in nanoseconds.</summary>
    public static double Of(double[] times, Partitioning partitioning, int workers, bool heaviestFirst = false)
    {
        if (heaviestFirst)
            times = [.. times.OrderDescending()];
        var dispenser = new Dispenser(times.Length, partitioning, workers);
        var (ready, pacers, end) = (new PriorityQueue<int, (double, int)>(), new Pacer[workers], 0.0);
        for (var worker = 0; worker < workers; worker++)
        {
            pacers[worker] = new Pacer(Costs.Typical);
            ready.Enqueue(worker, (0, worker));
        }

        while (ready.TryDequeue(out var worker, out var at))
        {
            var pace = partitioning switch { Partitioning.Auto => pacers[worker].Next, Partitioning.Guided => Pace.Guided, _ => Pace.One };
            if (!dispenser.TryTake(pace, out var chunk))
                continue;
            var time = Dispatch;
            for (var i = 0; i < chunk.Count; i++)
                time += times[chunk.First + (i * chunk.Step)];
            pacers[worker].Took(chunk.Count, time);
            end = Math.Max(end, at.Item1 + time);
            ready.Enqueue(worker, (at.Item1 + time, worker));
        }

        return end;
    }

    /// <summary>The share of what no plan can beat: the average load of a worker, or the longest item if that is more.</summary>
    public static double ShareOfLimit(double[] times, Partitioning partitioning, int workers, bool heaviestFirst = false) =>
        Math.Max(times.Sum() / workers, times.Max()) / Of(times, partitioning, workers, heaviestFirst);
}

/// <summary>Work whose shape has a name. Times in nanoseconds.</summary>
internal static class Workloads
{
    public static double[] Tiny { get; } = [.. Enumerable.Repeat(25.0, 200_000)];

    public static double[] Medium { get; } = [.. Enumerable.Repeat(20_000.0, 4_000)];

    public static double[] HeavyAtTheEnd { get; } = [.. Enumerable.Range(0, 4_000).Select(i => i < 3_800 ? 20_000.0 : 2_000_000)];

    public static double[] HeavyAtTheStart { get; } = [.. HeavyAtTheEnd.Reverse()];

    public static double[] Growing { get; } = [.. Enumerable.Range(1, 4_000).Select(i => 10.0 * i)];

    /// <summary>Pareto's law with the exponent 1.33: few items are most of the work.</summary>
    public static double[] Pareto { get; } = Random(new Random(1));

    public static double[] OneWhale { get; } = [.. Enumerable.Repeat(25_000.0, 4_000).Append(20_000_000)];

    private static double[] Random(Random random) => [.. Enumerable.Range(0, 4_000).Select(_ => 20_000 * Math.Pow(1 - random.NextDouble(), -1 / 1.33))];
}
