using Threadwise.Analyzers.Engine;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Rules;

/// <summary>A reader-writer lock is given back in another mode than it was taken in.</summary>
internal sealed class WrongReleaseMode() : Rule(
    id: "TW2015",
    title: "Release in the wrong mode",
    message: "'{0}' leaves '{1}' as {2}, but entered it as {3} ({4}); this throws, and the lock stays taken",
    description: "A reader-writer lock has one exit for each entrance. The wrong one throws SynchronizationLockException, and the lock is never released.")
{
    public override void Look(When when) =>
        when.Releases(static (site, release) =>
        {
            if (site.HeldOtherwise(release) is { Lock: { Nature: { Affine: true, Reentrant: false }, Mode: var mode } } held)
                site.Report(Properties.Of(("lock", release.Lock.ToString()), ("mode", mode.ToString())), site.In, release.Lock,
                    Role(release.Mode), Role(mode), site.Since(held));
        });

    private static string Role(Mode mode) => mode switch
    {
        Mode.Exclusive => "writer",
        Mode.Shared => "reader",
        _ => "upgradeable reader",
    };
}
