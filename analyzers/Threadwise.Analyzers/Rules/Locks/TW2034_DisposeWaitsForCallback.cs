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
            if (type.Type.HasLocks)
                foreach (var found in LockedWork.In(type.Type).Where(static found => found.Wait.Fact.Kind == "callback"))
                {
                    var taken = TypeSite.At(found.Wanted.Tree, found.Wanted.At);
                    type.Report(TypeSite.At(found.Body.Tree, found.Wait.Span), new[] { taken }, Properties.Of(("lock", found.Held.Place.ToString())),
                        found.Body.Name, found.Held.Place, Properties.Position(taken));
                }
        });
}
