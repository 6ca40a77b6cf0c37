using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Threadwise.Benchmarks;
using Threadwise.Benchmarks.Runtime;
using Threadwise.Evidence;

if (args is ["locking", ..])
{
    LockCosts.Measure(args is [_, var batches] ? int.Parse(batches, CultureInfo.InvariantCulture) : 400);
    return 0;
}

if (args is ["tasks", ..])
{
    TaskCosts.Measure(args is [_, var pairs] ? int.Parse(pairs, CultureInfo.InvariantCulture) : 60);
    return 0;
}

if (args is ["parallel", .. var rounds])
{
    ParallelMaps.Measure(rounds is [var number, ..] ? int.Parse(number, CultureInfo.InvariantCulture) : 100, rounds.ElementAtOrDefault(1));
    return 0;
}

if (args is [var start])
    FixCost.Programs = [.. FixCost.Programs.Where(program => program.StartsWith(start, StringComparison.Ordinal))];

var config = ManualConfig.CreateEmpty()
    .AddJob(Job.Default
        .WithToolchain(InProcessNoEmitToolchain.Instance)
        .WithWarmupCount(20)
        .WithIterationCount(200)
        .WithOutlierMode(Perfolizer.Mathematics.OutlierDetection.OutlierMode.DontRemove)
        // Shorter than a time slice: on a busy machine some iterations are then not interrupted, and the fastest is one of them.
        .WithIterationTime(Perfolizer.Horology.TimeInterval.FromMilliseconds(2)))
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddLogger(ConsoleLogger.Default)
    .AddExporter(MarkdownExporter.Console)
    .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "BenchmarkDotNet.Artifacts"));
var summary = BenchmarkRunner.Run<FixCost>(config);
if (summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success))
    return 1;

var results = new Results("tests/Benchmarks/results.json");
foreach (var program in FixCost.Programs)
    results.Put(await Record.OfAsync(program, summary), Subject.Keys);
return 0;
