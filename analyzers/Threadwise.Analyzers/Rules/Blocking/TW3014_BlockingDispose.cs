namespace Threadwise.Analyzers.Rules;

/// <summary>Dispose blocks its thread on asynchronous clean-up, and the type offers nothing that could be awaited instead.</summary>
internal sealed class BlockingDispose() : Rule(
    id: "TW3014",
    title: "Dispose that blocks on asynchronous clean-up",
    message: "'{0}' blocks a thread in '{1}' until the task completes, and '{2}' has no DisposeAsync that callers could await instead",
    description: "Whoever disposes of the object waits for work that may need a thread of the same pool, or this very context, to complete. A DisposeAsync lets callers await the clean-up.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.Blocks(static (site, block) =>
        {
            if (block is { Fact.Kind: "wait", IsDelay: false } && site.StopsCleanUp(block))
                site.Report(Properties.None, site.Text(block.Member), site.In, site.Around);
        });
}
