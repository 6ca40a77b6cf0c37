namespace Threadwise.Analyzers.Rules;

/// <summary>Async code calls a synchronous method of the same type that stops the thread, itself or further down.</summary>
internal sealed class TransitiveBlocking() : Rule(
    id: "TW3003",
    title: "Blocking call further down in async code",
    message: "'{0}' blocks a thread inside async '{1}': {2} calls '{3}' ({4}){5}",
    description: "The caller is async so that it never stops a thread, and stops it all the same: a synchronous method it calls waits. Make the methods on the way async, and await them.")
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            foreach (var stop in type.Type.Code.Blockings.Stops)
                type.Report(stop);
        });
}
