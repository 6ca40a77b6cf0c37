namespace Threadwise.Analyzers.Rules;

/// <summary>A type initializer waits for another thread, which waits for the initializer.</summary>
internal sealed class BlockingTypeInitializer() : Rule(
    id: "TW2030",
    title: "Type initializer waits for work that needs the type",
    message: "'{0}' waits, while the type is initialized, for work on another thread that uses '{1}' of the same type; that thread waits for the initializer",
    description: "One thread runs the initializer of a type, and every other thread that uses the type waits until it has ended. An initializer that waits for such a thread never ends.")
{
    public override void Look(When when) =>
        when.InitializerWaits(static (site, wait) => site.Report(Properties.Of(("needs", wait.Needed)), site.In, wait.Needed));
}
