using System.Globalization;
using BenchmarkDotNet.Reports;
using Threadwise.Evidence;

namespace Threadwise.Benchmarks;

/// <summary>One row of the result file: how long an operation takes in either program, and what it allocates.</summary>
internal static class Record
{
    public static async Task<Dictionary<string, string>> OfAsync(string program, Summary summary)
    {
        var subject = Subject.Titled(program);
        var (scenario, _) = await Scenario.OfAsync(subject);
        var before = Report(summary, program, nameof(FixCost.Before));
        var after = Report(summary, program, nameof(FixCost.After));
        return subject.Row(new()
        {
            ["benchmark"] = scenario.Measures,
            ["before"] = Time(before, scenario),
            ["after"] = Time(after, scenario),
            ["ratio"] = (Nanoseconds(after, scenario) / Nanoseconds(before, scenario)).ToString("F2", CultureInfo.InvariantCulture),
            ["allocated before"] = Bytes(before, scenario),
            ["allocated after"] = Bytes(after, scenario),
            ["statistic"] = $"{(scenario.Waits ? "median" : "fastest")} of {before.ResultStatistics!.N} iterations",
            ["measured on"] = Framework.Machine,
        });
    }

    private static BenchmarkReport Report(Summary summary, string program, string method) =>
        summary.Reports.Single(report =>
            report.BenchmarkCase.Descriptor.WorkloadMethod.Name == method
            && (string)report.BenchmarkCase.Parameters[nameof(FixCost.Program)] == program);

    /// <summary>Other processes only ever make code slower, so the fastest iteration is nearest to its cost. A wait may also end a tick of the timer early.</summary>
    private static double Nanoseconds(BenchmarkReport report, Scenario scenario) =>
        (scenario.Waits ? report.ResultStatistics!.Median : report.ResultStatistics!.Min) / scenario.Operations;

    private static string Time(BenchmarkReport report, Scenario scenario)
    {
        var nanoseconds = Nanoseconds(report, scenario);
        var (value, unit) = nanoseconds < 1e5 ? (nanoseconds, "ns") : (nanoseconds / 1e6, "ms");
        return $"{value.ToString("F1", CultureInfo.InvariantCulture)} {unit}";
    }

    private static string Bytes(BenchmarkReport report, Scenario scenario)
    {
        var bytes = (double)report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase)!.Value / scenario.Operations;
        return $"{Math.Round(bytes).ToString(CultureInfo.InvariantCulture)} B";
    }
}
