using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>Code asks a concurrent collection something and then acts on the answer, which may not be true any more.</summary>
internal sealed class CheckThenAct() : Rule(
    id: "TW1011",
    title: "Act on a concurrent collection after a check",
    message: "'{0}' relies on what '{1}' of '{2}' said before ({3}); another thread can come in between, and {4}",
    description: "Each step of a concurrent collection is whole by itself, but what one said may not be true any more when the next one acts on it. One step that does both leaves no room in between.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.StepPairs(static (site, pair) =>
        {
            if (site.MayBeSpoilt(pair.On) && Harm(site, pair) is { } harm)
                site.Report(
                    pair.FirstSpan,
                    Properties.Of(("pair", pair.Pair.ToString())),
                    site.In, pair.First.Name, pair.On, Properties.Position(site.At(pair.FirstSpan)), harm);
        });

    /// <summary>What happens then; null where nothing does.</summary>
    private static string? Harm(Site site, StepPair pair) => pair.Pair switch
    {
        Pair.Insert => pair.Then.IsStatic || pair.Then is IPropertySymbol ? "what it put in is overwritten"
            : pair.Then is IMethodSymbol { ReturnsVoid: true } ? "what it put in makes this throw"
            : "this goes on with an object that is not the one in the collection",
        Pair.Renew => "the change it made is lost",
        Pair.Fetch => site.Type.Exposed.IsEmptied(pair.On) ? "what is fetched here is gone" : null,
        Pair.Withdraw => site.Type.Exposed.IsFilled(pair.On) ? "what it put in meanwhile is removed" : null,
        _ => site.EndsUse ? null : "what it added is thrown away unseen",
    };
}
