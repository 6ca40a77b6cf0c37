namespace Threadwise.Analyzers.Rules;

/// <summary>Nobody asks whether a step on a concurrent collection was the one that succeeded, though what follows takes it for granted.</summary>
internal sealed class IgnoredTryResult() : Rule(
    id: "TW1043",
    title: "Result of an attempt not looked at",
    message: "'{0}' does not ask whether '{1}' of '{2}' succeeded, though {3}",
    description: "Of several threads that try the same, one succeeds; the result says which. Code that goes on without a look at it acts for one that did not.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.Unanswered(static (site, step) =>
        {
            if (site.MayBeSpoilt(step.On))
                site.Report(step.Other, Properties.None, site.In, step.By.Name, step.On, step.Matters);
        });
}
