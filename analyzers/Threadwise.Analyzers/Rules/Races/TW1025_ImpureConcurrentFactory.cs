namespace Threadwise.Analyzers.Rules;

/// <summary>A concurrent collection is handed a function whose every run matters, though it may run it for several callers and keep one result.</summary>
internal sealed class ImpureConcurrentFactory() : Rule(
    id: "TW1025",
    title: "Function with effects handed to a concurrent collection",
    message: "'{0}' of '{1}' may run this for several callers at once and keep one result, though it {2}",
    description: "The collection runs the function outside its locks, for every caller that finds no value, and keeps what the first one returned. What the others made or did is not undone.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.Suppliers(static (site, supplied) =>
        {
            if (site.MayRunForSeveral(supplied) && site.DoneBy(supplied) is { } does)
                site.Report(Properties.None, supplied.By, supplied.Name, does);
        });
}
