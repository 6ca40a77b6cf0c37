using Threadwise.Analyzers.Engine;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Rules;

/// <summary>A reader asks for the write lock without giving its read lock back.</summary>
internal sealed class ReaderWriterUpgrade() : Rule(
    id: "TW2006",
    title: "Upgrade of a read lock",
    message: "{0} asks for '{1}' {2} while it holds it for reading ({3}); the lock refuses that with an exception",
    description: "Two readers that both wait to become the writer would wait for each other for ever, so ReaderWriterLockSlim throws LockRecursionException. Enter an upgradeable read lock instead, or leave the read lock first.")
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            var said = new HashSet<Location>();
            foreach (var again in Reacquisitions.In(type.Type))
                if (again is { Held.Lock.Mode: Mode.Shared, Wanted: { Mode: not Mode.Shared, Nature: { Affine: true, Reentrant: false } } }
                    && said.Add(TypeSite.At(again.Body.Tree, again.At)))
                    Report(type, again);
        });

    private static void Report(TypeSite type, Reacquisition again)
    {
        var since = TypeSite.At(again.Body.Tree, again.Held.Since);
        type.Report(
            TypeSite.At(again.Body.Tree, again.At), [since],
                Properties.Of(("lock", again.Held.Lock.Place.ToString()), ("direct", again.Via.IsEmpty && again.Wanted.Mode == Mode.Exclusive ? "true" : "false")),
            Properties.Chain(again.Body, again.Via), again.Held.Lock.Place, again.Wanted.Mode == Mode.Exclusive
                ? "for writing"
                : "for upgradeable reading", Properties.Position(since));
    }
}
