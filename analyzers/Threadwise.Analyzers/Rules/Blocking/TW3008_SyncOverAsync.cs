namespace Threadwise.Analyzers.Rules;

/// <summary>Synchronous code blocks its thread on asynchronous work.</summary>
internal sealed class SyncOverAsync() : Rule(
    id: "TW3008",
    title: "Synchronous code blocks on asynchronous work",
    message: "'{0}' blocks '{1}'{2} until asynchronous work is over; make it async",
    description: "The thread waits for work that may need a thread of the same pool, or this very context, to complete. A method that awaits the work gives the thread back until the result is there.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.Blocks(static (site, block) =>
        {
            if (block.Fact.Kind != "wait" || block.IsDelay || !site.StopsSynchronousCode(block))
                return;
            var properties = Properties.Of(("twin", block.Fact.Twin), ("context", site.Context?.Kind ?? ""));
            if (site.Context is not { } context)
            {
                if (!site.IsGiven(block))
                    site.Report(properties, site.Text(block.Member), site.In, "");
            }
            else if (Runner(context.Kind) is { } runner && !(context.Kind == "ui" && site.IsEntry(context))
                && !(context.Kind == "pool" && block.Work is { OnOtherThread: true }))
                site.Warn(properties, site.Text(block.Member), site.In, site.IsEntry(context)
                    ? $", which {runner} runs,"
                    : $", to which {runner} comes by '{site.Text(context.Entry.Symbol)}',");
        });

    /// <summary>Whose thread it is; that of a starting service is told by TW3011.</summary>
    private static string? Runner(string kind) => kind switch
    {
        "request" => "a request",
        "ui" => "the user interface",
        "pool" => "the thread pool",
        _ => null,
    };
}
