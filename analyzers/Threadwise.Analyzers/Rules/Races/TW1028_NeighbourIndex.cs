using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A run of a parallel loop reads or writes an element that the run before or after it writes.</summary>
internal sealed class NeighbourIndex() : Rule(
    id: "TW1028",
    title: "Neighbouring element used in a parallel loop",
    message: "'{0}' belongs to another run of '{1}' in '{2}', which writes it as its '{3}' at any time before or after: what is found there depends on which comes first",
    description: "The runs of a parallel loop come in no order. One that uses an element which another run writes finds the old value or the new one, as it happens.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.NeighbourUses(static (site, use) =>
        {
            if (!site.IsAlone)
                site.Report(Properties.None, use.Name, site.Text(use.Starter), site.In, use.Written);
        });
}
