namespace Threadwise.Analyzers.Rules;

/// <summary>Async code calls a synchronous method that stops the thread in another type.</summary>
internal sealed class TransitiveBlockingAcrossTypes() : Rule(
    id: "TW3004",
    title: "Blocking call further down in async code, across types",
    message: "'{0}' blocks a thread inside async '{1}': {2} calls '{3}' ({4}){5}",
    description: "The caller is async so that it never stops a thread, and stops it all the same: a synchronous method it calls waits. Make the methods on the way async, and await them.",
    severity: DiagnosticSeverity.Info,
    atEnd: true)
{
    public override void Look(When when) =>
        when.Ends(static code =>
        {
            foreach (var stop in code.Code.Blockings.Stops)
                if (!code.Code.Stopped.Contains((stop.Body.Tree, stop.At)))
                    code.Report(stop);
        });
}
