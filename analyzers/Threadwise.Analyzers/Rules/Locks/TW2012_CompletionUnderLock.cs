using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A task is completed, or a token cancelled, under a lock, and what waits for it runs there and then.</summary>
internal sealed class CompletionUnderLock() : Rule(
    id: "TW2012",
    title: "Completion under a lock",
    message: "'{0}' calls '{1}' while it holds '{2}' ({3}); what waits for it runs at once, on this thread, inside the lock",
    description: "Continuations of a TaskCompletionSource and callbacks of a CancellationToken run inside the call that completes them, unless the source was told otherwise. They meet a half-changed object, or wait for a thread that wants the lock.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.Finishes(static (site, finish) =>
        {
            if (site.Excluding is not { } held || site.InlineSources(finish) is not { } sources)
                return;
            var properties = Properties.Of(("lock", held.Lock.Place.ToString()));
            object[] args = [site.In, site.Text(finish.Member), held.Lock.Place, site.Since(held)];
            if (sources.Count > 0)
                site.Warn(sources, properties, args);
            else
                site.Report(properties, args);
        });
}
