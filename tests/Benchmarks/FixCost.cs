using BenchmarkDotNet.Attributes;
using Threadwise.Evidence;

namespace Threadwise.Benchmarks;

/// <summary>One run of a program's scenario as it was, against one as the fix left it.</summary>
[MemoryDiagnoser]
public class FixCost
{
    private Scenario _before = null!;
    private Scenario _after = null!;

    [ParamsSource(nameof(Programs))]
    public string Program { get; set; } = "";

    /// <summary>The programs to measure: all, or those whose titles start as asked.</summary>
    public static IReadOnlyList<string> Programs { get; internal set; } = [.. Subject.All.Select(subject => subject.Title)];

    [GlobalSetup]
    public async Task CompileAsync() => (_before, _after) = await Scenario.OfAsync(Subject.Titled(Program));

    [Benchmark(Baseline = true)]
    public long Before() => _before.Run();

    [Benchmark]
    public long After() => _after.Run();
}
