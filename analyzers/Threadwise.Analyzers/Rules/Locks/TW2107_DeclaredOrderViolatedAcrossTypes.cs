using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>Locks of several types are taken against the order their annotations declare, directly or through calls.</summary>
internal sealed class DeclaredOrderViolatedAcrossTypes() : Rule(
    id: "TW2107",
    title: "Declared lock order violated across types",
    message: "{0} locks '{1}' while holding '{2}', against the declared order: {3}",
    description: "The order written on the locks is what keeps threads from waiting for each other in a ring. Whoever takes them the other way round can deadlock with those who keep to it.",
    atEnd: true)
{
    public override void Look(When when) =>
        when.Ends(static code =>
        {
            foreach (var found in DeclaredOrder.Broken(code.Code.Order))
                if (!code.Code.Misordered.Contains((found.Step.Body.Tree, found.Step.At)))
                    code.Report(found, static place => place.Qualified);
        });
}
