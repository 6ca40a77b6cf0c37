using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A thread that is woken takes for granted that what it waited for has come.</summary>
internal sealed class WaitOutsideLoop() : Rule(
    id: "TW2024",
    title: "Wait outside a loop over its condition",
    message: "'{0}' waits for a pulse of '{1}' and does not look again whether what it waited for is so; another thread may have been there first",
    description: "Between the pulse and the moment the woken thread has the lock again, another thread may take the lock and change the state back. Only a loop that tests the state again goes on when it may.")
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            var wakeups = new Wakeups(type.Type);
            foreach (var waiter in wakeups.Waiters)
                if (waiter is { IsRepeated: false, LooksAgain: false, Wait.IsEndless: true })
                    type.Report(
                        TypeSite.At(waiter.Body.Tree, waiter.Wait.Span),
                        Properties.Of(("repeat", wakeups.AllChangeWhatItWaitsFor(waiter) ? "true" : "false")),
                        waiter.Body.Name, waiter.Wait.Lock);
        });
}
