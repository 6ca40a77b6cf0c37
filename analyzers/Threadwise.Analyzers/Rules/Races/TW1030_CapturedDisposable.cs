namespace Threadwise.Analyzers.Rules;

/// <summary>Work that is started inside a <c>using</c>, and not waited for there, uses the object that is disposed of at its end.</summary>
internal sealed class CapturedDisposable() : Rule(
    id: "TW1030",
    title: "Disposed while concurrently running work still uses it",
    message: "'{0}' is used by work that '{1}' starts in '{2}', which disposes of it without waiting for the work: it may be disposed of before or while it is used",
    description: "The end of a using statement disposes of the object whether the work that captured it has ended or not. The work then finds it disposed of, or in the middle of it.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.UsesAfterScope(static (site, use) => site.Report([site.At(use.Start)], Properties.None, use.Variable.Name, site.Text(use.Starter), site.In));
}
