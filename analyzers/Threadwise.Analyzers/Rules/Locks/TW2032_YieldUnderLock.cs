using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>An iterator keeps a lock while its consumer has the element.</summary>
internal sealed class YieldUnderLock() : Rule(
    id: "TW2032",
    title: "Lock held across yield",
    message: "'{0}' hands out an element while it holds '{1}' ({2}); the lock stays taken for as long as its consumer likes",
    description: "Between two elements the consumer's code runs, and the lock stays taken: for as long as that takes, or for ever if the enumerator is dropped without being disposed of. Copy the elements under the lock, and hand out the copy.")
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            foreach (var loan in Loans.In(type.Type))
            {
                var since = TypeSite.At(loan.Body.Tree, loan.Held.Since);
                type.Report(TypeSite.At(loan.Body.Tree, loan.At), [since], Properties.Of(("lock", loan.Held.Lock.Place.ToString())), loan.Body.Name,
                    loan.Held.Lock.Place, Properties.Position(since));
            }
        });
}
