using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>State that a thread waits for changes, and nobody wakes the thread.</summary>
internal sealed class MissedWakeup() : Rule(
    id: "TW2036",
    title: "State changed without waking who waits for it",
    message: "'{0}' changes '{1}', for which '{2}' waits under '{3}' ({4}), and wakes nobody: the waiting thread may sleep for ever",
    description: "A thread that waits under a lock looks at the state again only when it is woken. A change that is not followed by a pulse leaves it asleep, although it could go on.")
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            foreach (var (body, change, waiter) in new Wakeups(type.Type).Missed())
                type.Report(
                    TypeSite.At(body.Tree, change.Span),
                    Properties.Of(("lock", waiter.Wait.Lock.ToString())),
                    body.Name, change.Place, waiter.Body.Name, waiter.Wait.Lock, Properties.Position(TypeSite.At(waiter.Body.Tree, waiter.Wait.Span)));
        });
}
