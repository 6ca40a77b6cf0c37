using System.Diagnostics;

namespace Threadwise.Benchmarks.Runtime;

/// <summary>What an operation of a few nanoseconds costs: the fastest of many batches. Other processes only ever make code slower, and a batch is too short to be hit each time.</summary>
internal static class FastestBatch
{
    private const int Warmups = 50;

    /// <summary>Nanoseconds of one operation of each, by name. The batches of all take turns, so a busy stretch of the machine hits all of them.</summary>
    public static Dictionary<string, double> Of(IReadOnlyList<Way> ways, int batches)
    {
        var fastest = ways.ToDictionary(static way => way.Name, static _ => double.MaxValue);
        for (var batch = -Warmups; batch < batches; batch++)
            foreach (var way in ways)
            {
                var start = Stopwatch.GetTimestamp();
                way.Run();
                var cost = Stopwatch.GetElapsedTime(start).TotalNanoseconds / way.Operations;
                if (batch >= 0)
                    fastest[way.Name] = Math.Min(fastest[way.Name], cost);
            }

        return fastest;
    }
}
