namespace Threadwise.Analyzers.Rules;

/// <summary>Async code runs work on many threads that waits for something that could be awaited, and stops its own thread until all of it is done.</summary>
internal sealed class BlockingParallelInAsync() : Rule(
    id: "TW3009",
    title: "Blocking parallel loop in async code",
    message: "'{0}' blocks a thread inside async '{1}', and one more for each '{2}' that runs at a time ({3}); await '{4}'",
    description: "Each thread of the loop waits for work that could be awaited, and so does the one that started it. A loop that awaits its body needs none of them meanwhile.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.Forks(static (site, fork) =>
        {
            if (site.IsAsyncCode && site.WaitsIn(fork.Target) is { Count: > 0 } waits)
                site.Report(waits.Select(static wait => wait.Where), Properties.None,
                    site.Text(fork.Member), site.In, site.Text(waits[0].Member), Properties.Position(waits[0].Where), fork.Instead is { } instead
                        ? site.Text(instead)
                        : "Task.WhenAll");
        });
}
