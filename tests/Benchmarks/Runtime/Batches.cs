using System.Diagnostics;

namespace Threadwise.Benchmarks.Runtime;

/// <summary>One way to do something.</summary>
/// <param name="Run">Does it so often.</param>
internal sealed record Way(string Name, int Operations, Action Run);

/// <summary>Several ways to do the same, run in turn over and over, in runs so short that most are not interrupted.</summary>
internal static class Batches
{
    private const int Warmups = 3;

    /// <summary>The time on the wall, for what one thread does.</summary>
    public static double Wall() => Stopwatch.GetTimestamp() * (1e9 / Stopwatch.Frequency);

    /// <summary>The processor time of all threads: what several threads do costs the same whether or not the machine lets them run at once.</summary>
    public static double Processor() => Environment.CpuUsage.TotalTime.Ticks * 100.0;

    /// <summary>Nanoseconds of each operation, in the order of the ways. Of each the cheapest run counts: whatever else the machine does can only make a run dearer.</summary>
    public static double[] Cheapest(IReadOnlyList<Way> ways, int rounds, Func<double> clock)
    {
        var cheapest = Enumerable.Repeat(double.PositiveInfinity, ways.Count).ToArray();
        for (var round = -Warmups; round < rounds; round++)
            for (var i = 0; i < ways.Count; i++)
            {
                var time = Time(ways[i], clock);
                if (round >= 0)
                    cheapest[i] = Math.Min(cheapest[i], time);
            }

        return cheapest;
    }

    /// <summary>How many times as dear as the first way each is: the median of pairs of runs, one right after the other, so that both had the same machine.</summary>
    public static double[] Ratios(Way first, IReadOnlyList<Way> ways, int rounds, Func<double> clock)
    {
        var ratios = ways.Select(_ => new List<double>()).ToArray();
        for (var round = -Warmups; round < rounds; round++)
            for (var i = 0; i < ways.Count; i++)
            {
                // By turns the one and the other comes first.
                var swaps = (round & 1) == 0;
                var one = Time(swaps ? ways[i] : first, clock);
                var other = Time(swaps ? first : ways[i], clock);
                if (round >= 0)
                    ratios[i].Add(swaps ? one / other : other / one);
            }

        return [.. ratios.Select(all => all.Order().ElementAt(all.Count / 2))];
    }

    /// <summary>Bytes that each operation allocates, on all threads.</summary>
    public static double Bytes(Way way)
    {
        way.Run();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        way.Run();
        return (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / way.Operations;
    }

    private static double Time(Way way, Func<double> clock)
    {
        var begin = clock();
        way.Run();
        return (clock() - begin) / way.Operations;
    }
}
