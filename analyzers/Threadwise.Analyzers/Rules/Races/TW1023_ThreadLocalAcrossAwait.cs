namespace Threadwise.Analyzers.Rules;

/// <summary>A thread's own value is written before an await and used behind it, where the thread may be another.</summary>
internal sealed class ThreadLocalAcrossAwait() : Rule(
    id: "TW1023",
    title: "Thread-local value across an await",
    message: "'{0}' is used in '{1}' after an await, for what was written to it before ({2}); the code may go on with another thread, which has another value",
    description: "Behind an await code goes on with whatever thread is free. What it wrote into a slot of its first thread stays there, for others to find, and in the slot of the new thread is what others left.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.SlotUses(static (site, written) =>
        {
            if (site.UseOnOtherThread(written) is { } use)
                site.ReportAt(use.Span, [site.At(written.Span)], Properties.None, site.Text(written.Slot), site.In, Properties.Position(site.At(written.Span)));
        });
}
