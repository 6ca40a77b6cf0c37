namespace Threadwise.Analyzers.Rules;

/// <summary>Async code waits for a disk, a network or a database by a call that has an asynchronous twin.</summary>
internal sealed class SyncCallInAsync() : Rule(
    id: "TW3002",
    title: "Synchronous call in async code",
    message: "'{0}' blocks a thread inside async '{1}' until the data is there; await '{2}'",
    description: "The thread waits for a disk, a network or a database and is missing elsewhere. The asynchronous twin does the same and gives the thread back meanwhile.")
{
    public override void Look(When when) =>
        when.Blocks(static (site, block) =>
        {
            if (block is { Fact.Kind: "io", Twin: { } twin } && site.StopsAsyncCode(block))
                site.ReportStopForData(Properties.Of(("twin", block.TwinName)), site.Text(block.Member), site.In, site.Text(twin));
        });
}
