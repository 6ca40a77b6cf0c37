using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A member marked <c>[GuardedBy]</c> is touched without its guard, or its guard's name means nothing.</summary>
internal sealed class GuardedByViolation() : Rule(
    id: "TW1002",
    title: "Guarded member touched without its guard",
    message: "'{0}' is {1} in '{2}' without '{3}', which guards it{4}",
    description: "The member's annotation promises that the lock is held whenever it is touched. Without the lock another thread can change it at the same moment.")
{
    public override void Look(When when)
    {
        when.Touches(static (site, touch) =>
        {
            if (site.Type.Model.Guards.Of(touch.Member) is not { Place: { } place } guard || site.IsProtected(touch, guard))
                return;
            var name = place.Seen(touch.On ?? Place.This(touch.Member.ContainingType))!.ToString();
            site.Report(
                Properties.Of(("guard", name), ("kind", LockKind.Of(site.Type.Model, place)), ("write", touch.Write ? "true" : "false")),
                site.Text(touch.Member), touch.Write ? "written" : "read", site.In, name, "");
        });
        when.Types(static type =>
        {
            foreach (var (guard, location) in type.Type.UnresolvedGuards())
                type.Report(location, Properties.Of(), type.Type.NameOf(guard.Member), "marked", type.Type.Type.Name, guard.Name, ", but no such lock is declared");
        });
    }
}
