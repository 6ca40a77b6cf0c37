namespace Threadwise.Analyzers.Rules;

/// <summary>Async code puts its thread to sleep instead of awaiting a delay.</summary>
internal sealed class SleepInAsync() : Rule(
    id: "TW3005",
    title: "Thread put to sleep in async code",
    message: "'{0}' puts a thread to sleep inside async '{1}'; await {2} instead",
    description: "The thread sleeps while it holds a place in the pool. Awaiting a delay gives the thread back for that time.")
{
    public override void Look(When when) =>
        when.Blocks(static (site, block) =>
        {
            if ((block.Fact.Kind == "sleep" || block.IsDelay) && site.StopsAsyncCode(block))
                site.ReportStop(Properties.Of(("twin", block.Fact.Twin)), site.Text(block.Member), site.In, block.IsDelay
                    ? "the delay"
                    : $"'{Properties.Short(block.Fact.Twin)}'");
        });
}
