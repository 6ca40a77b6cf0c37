namespace Threadwise.Analyzers.Rules;

/// <summary>The test for handlers and the raise read the event twice.</summary>
internal sealed class RacyEventRaise() : Rule(
    id: "TW1024",
    title: "Event read twice to raise it",
    message: "'{0}' is read once for the test and once more to raise it in '{1}'; if the last handler is removed in between, it is null",
    description: "Other threads may remove handlers at any moment, and an event without handlers is null. Between a test for handlers and a second reading of the event the last of them may go, and the raise throws a NullReferenceException.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.RacyRaises(static (site, raise) =>
        {
            if (site.IsOpenToOthers)
                site.Report(Properties.None, site.Text(raise.Event), site.In);
        });
}
