using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A lock is held while waiting for a task or thread that needs that lock to end.</summary>
internal sealed class WaitForLockedWork() : Rule(
    id: "TW2009",
    title: "Wait for work that needs the lock",
    message: "'{0}' waits for '{1}' while it holds '{2}', which that work takes before it ends ({3}); neither goes on",
    description: "The waiting thread gives the lock back only when the work is over, and the work is over only when it got the lock. Wait after the lock is released.")
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            foreach (var found in LockedWork.In(type.Type, callbacks: false))
                type.Report(found, found.Body.Name, Body.NameOf(found.Wait.Member), found.Held.Place, found.Taken);
        });
}
