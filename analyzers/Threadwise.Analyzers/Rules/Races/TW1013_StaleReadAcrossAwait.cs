using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>Async code reads shared state, waits, and writes what it makes of the old value.</summary>
internal sealed class StaleReadAcrossAwait() : Rule(
    id: "TW1013",
    title: "State written from what was read before an await",
    message: "'{0}' gets a value made of what it was before the await ({1}); a change that others make while '{2}' waits is lost",
    description: "While async code waits, other code goes on, on the same thread too. What it read before may be out of date when it writes, and what others wrote meanwhile is overwritten.",
    severity: Microsoft.CodeAnalysis.DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.StaleWrites(static (site, write) =>
        {
            if (site.MayMeanwhileChange(write))
                site.Report(write.Read, Properties.Of(("member", write.On.Member!.Name)), site.Text(write.On.Member!),
                    Properties.Position(site.At(write.Awaited)), site.In);
        });
}
