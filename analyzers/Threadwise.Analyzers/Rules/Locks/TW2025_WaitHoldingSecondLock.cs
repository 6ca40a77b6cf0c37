using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A thread waits for a pulse and keeps a second lock, without which nobody gets to pulse.</summary>
internal sealed class WaitHoldingSecondLock() : Rule(
    id: "TW2025",
    title: "Wait under a second lock",
    message: "'{0}' waits for a pulse of '{1}' while it keeps '{2}', which '{3}' needs to pulse it; neither goes on",
    description: "Waiting gives back only the lock that is waited on. Whoever wants to pulse it stops at the other lock first, and that is not given back before the pulse.")
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            foreach (var wait in NestedWaits.In(type.Type))
                type.Report(
                    TypeSite.At(wait.Waiter.Body.Tree, wait.Waiter.Wait.Span), new[] { TypeSite.At(wait.Waiter.Body.Tree, wait.Kept.Since) }, Properties.None,
                    wait.Waiter.Body.Name, wait.Waiter.Wait.Lock, wait.Kept.Lock.Place, wait.Pulser.Name);
        });
}
