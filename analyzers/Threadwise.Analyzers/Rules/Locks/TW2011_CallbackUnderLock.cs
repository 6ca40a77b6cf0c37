using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>Code that others wrote runs while the body that calls it holds a lock.</summary>
internal sealed class CallbackUnderLock() : Rule(
    id: "TW2011",
    title: "Callback under a lock",
    message: "'{0}' calls '{1}' while it holds '{2}' ({3}); code it does not know runs inside the lock",
    description: "An event handler, a delegate or an override may take other locks, wait for a thread that wants this one, or call back into a half-changed object. Copy what it needs, and call it after the lock.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.Callbacks(static (site, unknown) =>
        {
            if (site.Innermost is { } held && site.Callback(unknown) is { } target)
                site.Report(Properties.Of(("lock", held.Lock.Place.ToString())), site.In, target.Name, held.Lock.Place, site.Since(held));
        });
}
