using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A handler of the user interface stops the one thread that draws it and listens to the user.</summary>
internal sealed class BlockingUiHandler() : Rule(
    id: "TW3010",
    title: "Blocking call on the thread of the user interface",
    message: "'{0}' stops the user interface{1} until {2}",
    description: "Windows neither draw nor react while a handler waits. If what it waits for has to continue on the same thread, both wait for ever.")
{
    public override void Look(When when) =>
        when.Blocks(static (site, block) =>
        {
            if (site.Context is { Kind: "ui" } context && site.StopsSynchronousCode(block) && Awaited(block, site.IsEntry(context)) is { } awaited)
                site.Report(Properties.Of(("twin", block.Fact.Twin)), site.Text(block.Member), site.IsEntry(context)
                    ? $" in '{site.In}'"
                    : $" in '{site.In}', which '{site.Text(context.Entry.Symbol)}' calls,", awaited);
        });

    /// <summary>Who waits for tasks further down is told by TW3008.</summary>
    private static string? Awaited(Block block, bool isEntry) => block.Fact.Kind switch
    {
        "wait" when isEntry || block.IsDelay => block.IsDelay ? "the time is over" : "a task is complete",
        "sleep" => "the time is over",
        "signal" => "another thread lets it go on",
        "join" => "another thread has ended",
        "process" => "a process has ended",
        _ => null,
    };
}
