namespace Threadwise.Analyzers.Rules;

/// <summary>Work that nobody waits for uses what belongs to the request that started it.</summary>
internal sealed class RequestStateInBackground() : Rule(
    id: "TW1031",
    title: "State of a request used in work that outlives it",
    message: "'{0}' belongs to the request, and '{1}' starts work in '{2}' that nobody waits for: when it uses it, the request may be over and '{3}' be used for another one",
    description: "A request's context and the services of its scope are reused or disposed of when the request is over. Work in the background that has captured them reads another request's data, or throws.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.UsesAfterRequest(static (site, use) => site.Report(Properties.None, use.Name, site.Text(use.Starter), site.In, use.Type.Name));
}
