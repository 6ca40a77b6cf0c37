using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A body that takes a lock and gives it back leaves it taken on some way out.</summary>
internal sealed class LockNotReleased() : Rule(
    id: "TW2013",
    title: "Lock not released on every path",
    message: "'{0}' still holds '{1}' when {2}; everybody who wants it next waits for ever",
    description: "The lock is released on one way out of the code and kept on another. Put the release into a finally block, or use a statement that does.")
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            foreach (var leak in LockLeaks.In(type.Type))
                type.Report(
                    TypeSite.At(leak.Body.Tree, leak.Held.Since),
                    Properties.Of(("exit", leak.ByException ? "exception" : "normal"), ("lock", leak.Held.Lock.Place.ToString())),
                    leak.Body.Name, leak.Held.Lock.Place, leak.ByException ? "an exception leaves the code in between" : "it returns early");
        });
}
