using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests;

/// <summary>Every source of the tests and pages, whole and broken, through all rules and fixes. <c>THREADWISE_FUZZ=full</c> runs many more variants.</summary>
public class Robustness
{
    private static readonly bool Full = Environment.GetEnvironmentVariable("THREADWISE_FUZZ") == "full";

    /// <summary>Variants of each of the four kinds per source.</summary>
    private static int Each => Full ? 50 : 1;

    /// <summary>What takes more than one look at each source takes every third in the short run.</summary>
    private static IReadOnlyList<Example> Some => Full ? Examples.All : [.. Examples.All.Where((_, i) => i % 3 == 0)];

    [Fact]
    public void There_are_sources_to_try() => Assert.True(Examples.All.Count > 50, $"{Examples.All.Count} sources");

    [Fact]
    public Task Whole_sources() => TryAsync(Examples.All, example => RobustnessTrial.OfEverything.Run(example.Origin, Surroundings(example), example.Text));

    [Fact]
    public Task Broken_sources() => TryAsync(Some, async example =>
    {
        foreach (var (name, text) in RobustnessMutations.Of(example.Text, Each))
            await RobustnessTrial.OfEverything.Run($"{example.Origin}, {name}", Surroundings(example), text);
    });

    /// <summary>Half of one source and half of another: names that mean something else than they did.</summary>
    [Fact]
    public Task Mixed_sources() => TryAsync(Some, async example =>
    {
        var other = Examples.All[(Examples.All.ToList().IndexOf(example) + 7) % Examples.All.Count];
        await RobustnessTrial.OfEverything.Run($"{example.Origin} with {other.Origin}", example.Text, other.Text);
    });

    /// <summary>A cancelled run leaves nothing half-done behind: the next run over the same compilation finds what an undisturbed one finds.</summary>
    [Fact]
    public Task Cancelled_runs() => TryAsync(Some, async example =>
    {
        var random = new Random(example.Text.Length);
        var trial = RobustnessTrial.OfEverything;
        var project = Surroundings(example).Project([new("Trial0.cs", example.Text)], new Threadwise.Analyzers.ThreadwiseAnalyzer());
        var compilation = (await project.GetCompilationAsync())!;
        var expected = Sorted(await trial.Analyze(compilation.Clone(), project.AnalyzerOptions, default));
        for (var i = 0; i < (Full ? 20 : 2); i++)
        {
            using var source = new CancellationTokenSource();
            source.CancelAfter(TimeSpan.FromMicroseconds(random.Next(6000)));
            try
            {
                await trial.Analyze(compilation, project.AnalyzerOptions, source.Token);
            }
            catch (OperationCanceledException)
            {
                // What was asked for.
            }
        }

        Assert.Equal(expected, Sorted(await trial.Analyze(compilation, project.AnalyzerOptions, default)));
    });

    /// <summary>A fix that is called off either stops, or has already made what it makes undisturbed; the next call is none the worse for it.</summary>
    [Fact]
    public async Task Cancelled_fixes()
    {
        var (stopped, finished) = (0, 0);
        await TryAsync(Some, async example =>
        {
            var random = new Random(example.Text.Length);
            var trial = RobustnessTrial.OfEverything;
            var project = Surroundings(example).Project([new("Trial0.cs", example.Text)], new Threadwise.Analyzers.ThreadwiseAnalyzer());
            var findings = await trial.Analyze((await project.GetCompilationAsync())!, project.AnalyzerOptions, default);
            foreach (var finding in findings.DistinctBy(finding => finding.Id))
            {
                if (project.GetDocument(finding.Location.SourceTree) is not { } document)
                    continue;
                var started = Stopwatch.GetTimestamp();
                var expected = await trial.Fixed(Fresh(document, example), finding, findings, default);
                var whole = Stopwatch.GetElapsedTime(started);
                for (var i = 0; i < (Full ? 20 : 3); i++)
                {
                    var fresh = Fresh(document, example);
                    using var source = new CancellationTokenSource();
                    source.CancelAfter(whole * random.NextDouble());
                    try
                    {
                        Assert.Equal(expected, await trial.Fixed(fresh, finding, findings, source.Token));
                        Interlocked.Increment(ref finished);
                    }
                    catch (OperationCanceledException)
                    {
                        Interlocked.Increment(ref stopped);
                    }

                    Assert.Equal(expected, await trial.Fixed(fresh, finding, findings, default));
                }
            }
        });
        Assert.True(stopped > 50 && finished > 5, $"{stopped} fixes stopped, {finished} finished before");
    }

    /// <summary>A document nothing was asked of yet, so that a cancelled fix may also be in the middle of the compiler.</summary>
    private static Document Fresh(Document document, Example example) => document.WithText(SourceText.From(example.Text + "\n"));

    private static Case Surroundings(Example example) => new Fence("", example.Text, []).Surroundings;

    private static IEnumerable<string> Sorted(IEnumerable<Diagnostic> findings) => findings.Select(finding => finding.ToString()).Order(StringComparer.Ordinal);

    private static async Task TryAsync(IReadOnlyList<Example> examples, Func<Example, Task> attempt)
    {
        var failed = new ConcurrentQueue<Exception>();
        await Parallel.ForEachAsync(examples, async (example, _) =>
        {
            try
            {
                if (failed.Count < 5)
                    await attempt(example);
            }
            catch (Exception exception)
            {
                failed.Enqueue(exception);
            }
        });
        Assert.True(failed.IsEmpty, string.Join("\n\n", failed.Select(exception => exception.Message)));
    }
}
