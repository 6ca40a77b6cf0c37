namespace Threadwise.Analyzers.Rules;

/// <summary>Async code ends the use of an object synchronously, though it could await the end.</summary>
internal sealed class SyncDisposeInAsync() : Rule(
    id: "TW3007",
    title: "Synchronous Dispose in async code",
    message: "Disposing of '{0}' here may block a thread inside async '{1}' until its clean-up is over; await '{2}'",
    description: "The type has a DisposeAsync of its own, because its clean-up writes, waits or closes something. Dispose does the same and keeps the thread meanwhile.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.SyncDisposals(static (site, end) =>
        {
            if (site.IsAsyncCode && !site.Held.Any(static held => held.Lock.Nature.Affine))
                site.Report(Properties.None, end.Type.Name, site.In, site.Text(end.Instead));
        });
}
