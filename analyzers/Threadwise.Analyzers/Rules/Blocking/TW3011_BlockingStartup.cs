namespace Threadwise.Analyzers.Rules;

/// <summary>A service that is started with its host blocks before it gives the host its task back.</summary>
internal sealed class BlockingStartup() : Rule(
    id: "TW3011",
    title: "Blocking start of a hosted service",
    message: "'{0}' blocks the start of the host in '{1}'{2}; nothing after this service starts meanwhile",
    description: "The host starts its services one after the other and waits until each returns its task. Until this one does, the others do not run and no request is answered.")
{
    public override void Look(When when) =>
        when.Blocks(static (site, block) =>
        {
            if (block.Fact.Kind is "wait" or "sleep" or "signal" or "join" or "process" or "lock"
                && site.Context is { Kind: "start" } context && site.StopsSynchronousCode(block))
                site.Report(Properties.Of(("twin", block.Fact.Twin)), site.Text(block.Member), site.In, site.IsEntry(context)
                    ? ""
                    : $", which '{site.Text(context.Entry.Symbol)}' calls");
        });
}
