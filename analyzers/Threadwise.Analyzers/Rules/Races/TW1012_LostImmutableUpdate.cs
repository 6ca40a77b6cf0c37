using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A shared variable gets an immutable collection that was made of the one it held, in two steps.</summary>
internal sealed class LostImmutableUpdate() : Rule(
    id: "TW1012",
    title: "Immutable collection replaced in two steps",
    message: "'{0}' is replaced in '{1}' by what '{2}' made of it; what another thread put there in between is lost",
    description: "The collection never changes, but the variable that holds it does: it is read, and later written. A replacement that another thread made in between is overwritten.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.Writes(static (site, write) =>
        {
            if (site.Remakes(write) && site.Type.Exposed.IsShared(write.Member) && site.MayBeSpoilt(write.On))
                site.Report(Properties.Of(("member", write.Member.Name)), site.Text(write.Member), site.In, write.Text);
        });
}
