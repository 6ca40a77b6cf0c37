using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Rules;

/// <summary>Whether an object is disposed of is tested and noted in two steps.</summary>
internal sealed class RacyDispose() : Rule(
    id: "TW1032",
    title: "Disposed flag tested and set in two steps",
    message: "'{0}' is tested and then set in '{1}'; of two threads that come at once both may find it unset, and all is disposed of twice",
    description: "A plain test and a plain assignment are two steps. In a type that several threads use, two of them may pass the test before either sets the flag.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.TwoStepEnds(static (site, ended) =>
        {
            if (site.IsUnlocked)
                site.Report([site.At(ended.Test)], Properties.None, site.Text(ended.Flag), site.In);
        });
}
