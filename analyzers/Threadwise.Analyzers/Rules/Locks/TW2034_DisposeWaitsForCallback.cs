using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A registration is disposed of, which waits for its callback, under a lock that the callback takes.</summary>
internal sealed class DisposeWaitsForCallback() : Rule(
    id: "TW2034",
    title: "Dispose waits for a callback that needs the lock",
    message: "'{0}' disposes of a registration while it holds '{1}', which its callback takes ({2}); if the callback runs, neither goes on",
    description: "Disposing of a registration waits until a callback that has begun is over, and the callback waits for the lock. Dispose of it after the lock is released.")
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            foreach (var found in LockedWork.In(type.Type, callbacks: true))
                type.Report(found, found.Body.Name, found.Held.Place, found.Taken);
        });
}
