using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A new object is put where other threads find it, and then goes on being filled.</summary>
internal sealed class PublishedBeforeInitialized() : Rule(
    id: "TW1037",
    title: "Object published before it is initialized",
    message: "'{0}' is changed ('{1}') in '{2}' after it was stored where other threads find it ({3})",
    description: "The object is stored in a volatile field or a concurrent collection, or found in one, and changed there. Another thread that takes it at once finds it half done, or changes it at the same time.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) => when.LateChanges(static (site, change) =>
    {
        if (site.MayBeSpoilt(change.On))
            site.Report([site.At(change.PublishedAt)], Properties.Of(("how", change.IsFound ? "found" : "stored")), change.Name, change.Changed, site.In,
                Properties.Position(site.At(change.PublishedAt)));
    });
}
