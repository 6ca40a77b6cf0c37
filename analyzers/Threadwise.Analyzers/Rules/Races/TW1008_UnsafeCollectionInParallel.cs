using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A collection that is not safe for several threads is changed by delegates that run at the same time.</summary>
internal sealed class UnsafeCollectionInParallel() : Rule(
    id: "TW1008",
    title: "Collection that is not thread-safe changed by delegates that run concurrently",
    message: "'{0}' changes '{1}' in '{2}' while {3}, and it is not safe for that: elements are lost, or it throws",
    description: "Adding to a list or dictionary takes several steps. Threads that add at the same time overwrite each other's elements, or leave the collection in a state in which it throws or never returns.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when)
    {
        when.SharedMutations(static (site, change) =>
        {
            if (!site.IsAlone)
                site.Report(Properties.None, site.Text(change.Member), change.Name, site.In, change.Other is { } other
                    ? $"other code uses it ({site.Position(other)})"
                    : $"other runs that '{site.Text(change.Starter)}' starts do so as well");
        });
        when.Types(static type =>
        {
            foreach (var race in type.Type.Unguarded)
                if (race is { IsOfLoop: true, IsInDelegate: false, Root.By: { } starter, Change: { Access.By: { } by } change })
                    type.Report(change.Where, Properties.None, type.Type.NameOf(by), type.Type.NameOf(race.State.Member),
                        change.Body.Name, $"other runs that '{type.Type.NameOf(starter)}' starts do so as well");
        });
    }
}
