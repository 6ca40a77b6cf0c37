namespace Threadwise.Analyzers.Rules;

/// <summary>Async code waits for a lock, a signal, a thread or a process by stopping its own thread.</summary>
internal sealed class BlockingPrimitiveInAsync() : Rule(
    id: "TW3006",
    title: "Blocking primitive in async code",
    message: "'{0}' blocks a thread inside async '{1}' until {2}{3}",
    description: "The thread waits for another one, which may need a thread of the same pool, or this very context, to get there. What can be awaited gives the thread back meanwhile.")
{
    public override void Look(When when) =>
        when.Blocks(static (site, block) =>
        {
            if (Awaited(block.Fact.Kind) is { } awaited && site.StopsAsyncCode(block))
                site.ReportStop(Properties.Of(("twin", block.Fact.Twin)), site.Text(block.Member), site.In, awaited, block.Twin is { } twin
                    ? $"; await '{site.Text(twin)}'"
                    : "");
        });

    private static string? Awaited(string kind) => kind switch
    {
        "lock" => "others give it back",
        "signal" => "others let it go on",
        "join" => "the other thread has ended",
        "process" => "the process has ended",
        _ => null,
    };
}
