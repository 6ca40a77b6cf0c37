namespace Threadwise.Analyzers.Rules;

/// <summary>The compilation holds more than the analysis looks at. What it did look at is right; what it left out may hold findings.</summary>
internal sealed class AnalysisTruncated() : Rule(
    id: "TW9003",
    title: "Analysis truncated",
    message: "'{0}': {1}; findings may be missing",
    description: "The analysis keeps to budgets that count, so that it always ends and always says the same. Here one of them was used up.",
    severity: DiagnosticSeverity.Info,
    atEnd: true)
{
    public override void Look(When when) =>
        when.Ends(static code =>
        {
            foreach (var left in code.Code.LeftOut())
                code.Report(Location.None, Enumerable.Empty<Location>(), Properties.Of(), code.Code.Name, left);
        });
}
