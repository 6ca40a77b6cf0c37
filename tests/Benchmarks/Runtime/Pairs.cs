namespace Threadwise.Benchmarks.Runtime;

/// <summary>One way to do something.</summary>
/// <param name="Run">Does it so often.</param>
internal sealed record Way(string Name, int Operations, Action Run);

/// <summary>Ways to do the same, compared by runs in pairs, one right after the other and so short that most are not interrupted: both had the same machine.</summary>
internal static class Pairs
{
    private const int Warmups = 3;

    /// <summary>The time of all processors together, in nanoseconds: what several threads do costs the same whether or not the machine lets them run at once.</summary>
    private static double Processor => Environment.CpuUsage.TotalTime.Ticks * 100.0;

    /// <summary>How many times as dear as the first each of the others is: the median of so many pairs.</summary>
    public static double[] Ratios(Way first, IReadOnlyList<Way> others, int rounds)
    {
        var ratios = others.Select(_ => new List<double>()).ToArray();
        for (var round = -Warmups; round < rounds; round++)
            for (var i = 0; i < others.Count; i++)
            {
                // By turns the one and the other comes first.
                var swaps = (round & 1) == 0;
                var one = Time(swaps ? others[i] : first);
                var other = Time(swaps ? first : others[i]);
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

    private static double Time(Way way)
    {
        var begin = Processor;
        way.Run();
        return (Processor - begin) / way.Operations;
    }
}
