using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A lock that is not re-entrant is asked for by the code that holds it.</summary>
internal sealed class SelfDeadlock() : Rule(
    id: "TW2004",
    title: "Self-deadlock",
    message: "{0} takes '{1}' again while it holds it ({2}); the lock is not re-entrant, so this {3}",
    description: "A SemaphoreSlim(1, 1), an asynchronous lock, a ReaderWriterLockSlim or a SpinLock does not know that its owner is the one who asks again. The code waits for itself, or fails.")
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            var said = new HashSet<Location>();
            foreach (var again in Reacquisitions.In(type.Type))
                if (!again.OnlyTries && Reacquisitions.IsRefused(again) && Reacquisitions.IsFatal(type.Type, again) && said.Add(TypeSite.At(again.Body.Tree, again.At)))
                    Report(type, again);
        });

    private static void Report(TypeSite type, Reacquisition again)
    {
        var since = TypeSite.At(again.Body.Tree, again.Held.Since);
        type.Report(
            TypeSite.At(again.Body.Tree, again.At), [since], Properties.Of(("lock", again.Held.Lock.Place.ToString()), ("direct", again.Via.IsEmpty ? "true" : "false")),
            Properties.Chain(again.Body, again.Via), again.Held.Lock.Place, Properties.Position(since), again.Wanted.Nature.Affine
                ? "throws or waits for ever"
                : "waits for ever");
    }
}
