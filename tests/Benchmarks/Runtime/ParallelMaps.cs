using System.Globalization;
using System.Text;
using Threadwise.Evidence;
using Threadwise.Runtime.Tests.Maps;

namespace Threadwise.Benchmarks.Runtime;

/// <summary>What parallel maps cost: the processor time of all threads beside that of one thread that does the same in a loop, and the balance by the model.</summary>
internal static class ParallelMaps
{
    private const string Folder = "tests/Benchmarks/Runtime/";
    private const int Processors = 8;

    private static readonly string[] Others = ["Parallel.For", "PLINQ, ordered", "Task per item"];

    /// <summary>Items whose cost is a number of turns of a small loop.</summary>
    private static readonly (string Name, int[] Turns, int Repeats)[] Works =
    [
        ("tiny: 400 000 of 20 ns", [.. Enumerable.Repeat(10, 400_000)], 1),
        ("small: 40 000 of 250 ns", [.. Enumerable.Repeat(120, 40_000)], 1),
        ("medium: 1 000 of 10 µs", [.. Enumerable.Repeat(5_000, 1_000)], 1),
        ("skewed: 2 000, the last 5 % 100 times as long", [.. Enumerable.Range(0, 2_000).Select(i => i < 1_900 ? 250 : 25_000)], 1),
        ("few: 200 of 20 ns, 1 000 times", [.. Enumerable.Repeat(10, 200)], 1_000),
    ];

    /// <param name="only">The start of the name of one work, of which nothing is recorded.</param>
    public static void Measure(int rounds, string? only)
    {
        var text = new StringBuilder($"""
            # What parallel maps cost, and how they balance

            Written by `tests/Benchmarks/run.sh parallel`; do not edit. {Framework.Machine}; medians of {rounds} pairs of runs.

            ## Processor time of all threads, beside one thread in a loop

            | work | {string.Join(" | ", Names().Select(name => name))} | Auto beside the best by hand | bytes of an item, Auto |
            |---|{string.Concat(Names().Select(_ => "---:|"))}---:|---:|

            """);
        var chart = new Chart($"Processor time of a map beside one thread in a loop (1 = the line)", 3, Enum.GetNames<Partitioning>().ToHashSet());
        foreach (var (name, turns, repeats) in Works.Where(work => only is null || work.Name.StartsWith(only, StringComparison.Ordinal)))
        {
            var ways = WaysFor(turns, repeats).ToList();
            var ratios = Pairs.Ratios(ways[0], ways[1..], rounds);
            // The second is Auto, and then come those that a hand can choose.
            var beside = Pairs.Ratios(ways[1], ways[2..^Others.Length], rounds).Max(ratio => 1 / ratio);
            text.Append(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", ratios.Select(Number))} | {Number(beside)} | {Pairs.Bytes(ways[1]):0.#} |\n");
            chart.Group(name, Names().Zip(ratios));
            Console.WriteLine($"{name}: {string.Join(", ", Names().Zip(ratios, (way, ratio) => $"{way} {Number(ratio)}"))}; Auto beside the best {Number(beside)}");
        }

        if (only is not null)
            return;
        text.Append($"\n## Share of the limit on {Processors} processors, by the model\n\nThe limit is the average load of a processor, or the longest item if that is more. The model runs the library's own dispenser with given times.\n\n");
        text.Append(Balance());
        File.WriteAllText($"{Folder}parallel.md", text.ToString());
        File.WriteAllText($"{Folder}parallel.svg", chart.Svg(mark: 1));
    }

    private static IEnumerable<string> Names() => Enum.GetNames<Partitioning>().Concat(Others);

    private static IEnumerable<Way> WaysFor(int[] turns, int repeats)
    {
        var operations = turns.Length * repeats;
        yield return new("loop", operations, Repeated(repeats, () =>
        {
            var results = new int[turns.Length];
            for (var i = 0; i < turns.Length; i++)
                results[i] = Turn(turns[i]);
        }));
        foreach (var partitioning in Enum.GetValues<Partitioning>())
        {
            var options = new MapOptions { Partitioning = partitioning };
            yield return new($"{partitioning}", operations, Repeated(repeats, () => ParallelMap.Map(turns, Turn, options)));
        }

        yield return new(Others[0], operations, Repeated(repeats, () =>
        {
            var results = new int[turns.Length];
            Parallel.For(0, turns.Length, i => results[i] = Turn(turns[i]));
        }));
        yield return new(Others[1], operations, Repeated(repeats, () => turns.AsParallel().AsOrdered().Select(Turn).ToArray()));
        yield return new(Others[2], operations, Repeated(repeats, () => Task.WhenAll(turns.Select(count => Task.Run(() => Turn(count)))).Wait()));
    }

    private static Action Repeated(int repeats, Action body) => () =>
    {
        for (var i = 0; i < repeats; i++)
            body();
    };

    private static int Turn(int turns)
    {
        var value = (uint)turns;
        for (var i = 0; i < turns; i++)
            value = (value * 1_664_525) + 1_013_904_223;
        return (int)value;
    }

    private static string Balance()
    {
        (string, double[])[] works =
        [
            ("200 000 of 25 ns", Workloads.Tiny), ("4 000 of 20 µs", Workloads.Medium), ("from 10 ns to 40 µs, growing", Workloads.Growing),
            ("the last 5 % 100 times as long", Workloads.HeavyAtTheEnd), ("the first 5 % 100 times as long", Workloads.HeavyAtTheStart),
            ("by Pareto's law, 1.33", Workloads.Pareto), ("one of 20 ms at the end", Workloads.OneWhale),
        ];
        Partitioning[] ways = [Partitioning.Auto, Partitioning.Blocks, Partitioning.Cyclic, Partitioning.Guided, Partitioning.One];
        var text = new StringBuilder($"| work | {string.Join(" | ", ways)} | with `weight` |\n|---|{string.Concat(ways.Select(_ => "---:|"))}---:|\n");
        foreach (var (name, times) in works)
            text.Append($"| {name} | {string.Join(" | ", ways.Select(way => Percent(Makespan.ShareOfLimit(times, way, Processors))))} | {Percent(Makespan.ShareOfLimit(times, Partitioning.One, Processors, heaviestFirst: true))} |\n");
        return text.ToString();
    }

    private static string Number(double ratio) => ratio.ToString(ratio < 10 ? "0.00" : "0", CultureInfo.InvariantCulture);

    private static string Percent(double share) => $"{Math.Round(100 * share)} %";
}
