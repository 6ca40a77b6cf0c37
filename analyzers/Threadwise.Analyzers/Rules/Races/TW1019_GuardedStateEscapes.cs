using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Rules;

/// <summary>A collection that a lock guards is handed out, to be used without the lock.</summary>
internal sealed class GuardedStateEscapes() : Rule(
    id: "TW1019",
    title: "Guarded state escapes its lock",
    message: "'{0}' returns {1}'{2}' {3} the lock '{4}' under which it is changed; who gets it reads it without the lock",
    description: "The lock is given back when the method returns, but what it returns is still the very collection that others change under the lock, or a query that goes through it later. Who uses it does so at the same time as they.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.LeavingContainers(static (site, leaving) =>
        {
            if (site.LockOf(leaving) is { } guard)
                site.Report(Properties.Of(("query", leaving.IsQuery ? "true" : "false"), ("locked", leaving.Lock is null ? "false" : "true")), site.In, leaving.IsQuery
                    ? "a query over "
                    : "", leaving.Container.Name, leaving.Lock is null ? "without" : "out of", guard);
        });
}
