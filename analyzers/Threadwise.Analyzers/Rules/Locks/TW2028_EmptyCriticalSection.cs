namespace Threadwise.Analyzers.Rules;

/// <summary>A lock is taken for nothing.</summary>
internal sealed class EmptyCriticalSection() : Rule(
    id: "TW2028",
    title: "Empty critical section",
    message: "'{0}' takes '{1}' for nothing: no code is inside the lock statement",
    description: "An empty lock statement protects nothing. It waits until whoever holds the lock lets go of it, which is either forgotten code or a barrier that needs a word about its purpose.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.EmptySections(static (site, section) => site.Report(Properties.Of(("lock", section.Lock.ToString())), site.In, section.Lock));
}
