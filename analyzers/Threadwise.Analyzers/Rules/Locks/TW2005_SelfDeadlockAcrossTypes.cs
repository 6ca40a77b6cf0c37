using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A lock that is not re-entrant is asked for again by what its holder calls in other types.</summary>
internal sealed class SelfDeadlockAcrossTypes() : Rule(
    id: "TW2005",
    title: "Self-deadlock across types",
    message: "{0} takes '{1}' again while '{2}' holds it ({3}); the lock is not re-entrant, so this {4}",
    description: "A SemaphoreSlim(1, 1), an asynchronous lock, a ReaderWriterLockSlim or a SpinLock does not know that its owner is the one who asks again. The code waits for itself, or fails.",
    atEnd: true)
{
    public override void Look(When when) =>
        when.Ends(static code =>
        {
            var said = new HashSet<Location>();
            foreach (var again in Reacquisitions.In(code.Code))
            {
                var (at, since) = (TypeSite.At(again.Body.Tree, again.At), TypeSite.At(again.Body.Tree, again.Held.Since));
                if (Reacquisitions.IsRefused(again) && said.Add(at))
                    code.Report(at, new[] { since }, Properties.Of(("lock", again.Held.Lock.Place.ToString())),
                        Properties.Chain(again.Body, again.Via), again.Held.Lock.Place.Qualified, again.Body.Name, Properties.Position(since), again.Wanted.Nature.Affine
                            ? "throws or waits for ever"
                            : "waits for ever");
            }
        });
}
