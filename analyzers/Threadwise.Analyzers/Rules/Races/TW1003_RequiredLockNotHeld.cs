using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A member marked <c>[RequiresLock]</c> is called without the lock it names.</summary>
internal sealed class RequiredLockNotHeld() : Rule(
    id: "TW1003",
    title: "Required lock not held",
    message: "'{0}' is called in '{1}' without '{2}', which it requires of its callers",
    description: "The member's annotation says that its callers hold the lock, so it takes none itself. Without the lock, what it reads and writes can be changed by another thread at the same moment.")
{
    public override void Look(When when) =>
        when.Demands(static (site, demand) =>
        {
            if (site.Type.Model.Guards.RequiredBy(demand.Target) is not { Place: { } place } guard || site.IsMet(demand, guard))
                return;
            var name = place.Seen(demand.On ?? Place.This(demand.Target.ContainingType))!.ToString();
            site.Report(Properties.Of(("guard", name), ("kind", LockKind.Of(site.Type.Model, place))), site.Text(demand.Target), site.In, name);
        });
}
