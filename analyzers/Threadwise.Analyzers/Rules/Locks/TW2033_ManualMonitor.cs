namespace Threadwise.Analyzers.Rules;

/// <summary>Calls take a lock and give it back where a lock statement would do.</summary>
internal sealed class ManualMonitor() : Rule(
    id: "TW2033",
    title: "Lock taken and given back by calls",
    message: "'{0}' takes and gives back '{1}' by calls; a lock statement does the same and cannot be torn apart",
    description: "The calls and the finally block are what a lock statement is compiled to. As a statement the section cannot lose its release or its order.",
    severity: DiagnosticSeverity.Hidden)
{
    public override void Look(When when) =>
        when.ManualSections(static (site, section) => site.Report(Properties.Of(("lock", section.Lock.ToString())), site.In, section.Lock));
}
