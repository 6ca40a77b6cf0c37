using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A local that a delegate captures is changed while other code, or another run of the delegate, changes it too.</summary>
internal sealed class CapturedVariableRace() : Rule(
    id: "TW1007",
    title: "Captured variable changed by delegates that run concurrently",
    message: "'{0}' is changed in '{1}' while {2}: changes that come between reading and writing it are lost",
    description: "A change that depends on the value before it is a read and a write. Delegates that run at the same time read the same value, and one overwrites what the other has written.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.SharedChanges(static (site, change) =>
        {
            if (!site.IsAlone)
                site.Report(Properties.Of(("kind", change.IsScratch ? "scratch" : "update")), change.Name, site.In, change.Other is { } other
                    ? $"other code that runs beside it does so as well ({site.Position(other)})"
                    : $"other runs that '{site.Text(change.Starter)}' starts do so as well");
        });
}
