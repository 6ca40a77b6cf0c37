using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>Two objects of one type are locked in the order in which the caller happened to name them.</summary>
internal sealed class UnorderedInstanceLocks() : Rule(
    id: "TW2003",
    title: "Two instances locked in no order",
    message: "Deadlock risk: '{0}' locks '{1}' while holding '{2}'; a call with the two objects exchanged does it the other way round",
    description: "Two threads that name the same two objects in opposite orders can each lock one and wait for the other for ever. Lock the two in an order that does not depend on the caller.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when)
    {
        when.ElementPairs(static (site, pair) => site.Report(Between(pair.Held, pair.Wanted), site.In, pair.Wanted, pair.Held));
        when.Types(static type =>
        {
            if (type.Type.HasLocks)
                foreach (var pair in InstancePairs.In(type.Type))
                    type.Report(
                        TypeSite.At(pair.Unit.Body.Tree, pair.At), Between(pair.Held.ToString(), pair.Wanted.ToString()),
                        string.Join("' → '", pair.Via.Select(Body.NameOf).Prepend(pair.Unit.Body.Name)), pair.Wanted, pair.Held);
        });
    }

    private static ImmutableDictionary<string, string?> Between(string held, string wanted) => Properties.Of(("held", held), ("wanted", wanted));
}
