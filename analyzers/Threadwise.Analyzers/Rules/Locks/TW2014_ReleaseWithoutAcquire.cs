using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A body that takes a lock gives it back also where it has not got it.</summary>
internal sealed class ReleaseWithoutAcquire() : Rule(
    id: "TW2014",
    title: "Release without acquire",
    message: "'{0}' releases '{1}' even when {2} ({3}); the release then {4}",
    description: "The wait can be cancelled, an exception can come before it, or a try can fail, and the release runs all the same. A semaphore then admits one caller too many for good; other locks throw and hide the first error.")
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            foreach (var release in UnheldReleases.In(type.Type))
            {
                var asked = TypeSite.At(release.Body.Tree, release.Asked);
                type.Report(
                    TypeSite.At(release.Body.Tree, release.At), [asked],
                        Properties.Of(("lock", release.Lock.Place.ToString()), ("tried", release.OnlyTried ? "true" : "false")),
                    release.Body.Name, release.Lock.Place, release.OnlyTried ? "the try for it has failed" : "it was not taken", Properties.Position(asked),
                    release.Lock.Nature.Affine ? "throws" : "lets one caller too many in");
            }
        });
}
