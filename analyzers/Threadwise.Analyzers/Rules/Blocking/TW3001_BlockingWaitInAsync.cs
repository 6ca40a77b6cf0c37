namespace Threadwise.Analyzers.Rules;

/// <summary>Async code blocks its thread on a task that may not be complete.</summary>
internal sealed class BlockingWaitInAsync() : Rule(
    id: "TW3001",
    title: "Blocking wait in async code",
    message: "'{0}' blocks a thread inside async '{1}' until the task completes; use '{2}'",
    description: "The thread waits for work that may need a thread of the same pool, or this very context, to complete. Awaiting the task gives the thread back until the result is there.")
{
    public override void Look(When when) =>
        when.Blocks(static (site, block) =>
        {
            if (block.Fact.Kind == "wait" && !block.IsDelay && site.StopsAsyncCode(block))
                site.ReportStop(Properties.Of(("twin", block.Fact.Twin)), site.Text(block.Member), site.In, block.Fact.Twin == ""
                    ? "await"
                    : Properties.Short(block.Fact.Twin));
        });
}
