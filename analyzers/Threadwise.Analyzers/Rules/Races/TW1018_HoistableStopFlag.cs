namespace Threadwise.Analyzers.Rules;

/// <summary>A loop waits for a plain member to change, and does nothing that would make it look again.</summary>
internal sealed class HoistableStopFlag() : Rule(
    id: "TW1018",
    title: "Loop over a plain stop flag",
    message: "'{0}' can only be changed by another thread while this loop of '{1}' runs, but it is not read as such; compiled code may read it once and never end",
    description: "Without a call, a lock or a volatile reading in the loop, the compiler sees that nothing in it changes the member, and may read it once before the loop. Whatever another thread writes then is never seen.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.Spins(static (site, spin) =>
        {
            if (site.IsSetElsewhere(spin))
                site.Report(Properties.None, site.Text(spin.Flag), site.In);
        });
}
