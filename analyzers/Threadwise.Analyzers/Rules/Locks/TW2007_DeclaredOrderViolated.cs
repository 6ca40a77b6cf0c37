using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>Locks of one type are taken against the order their annotations declare.</summary>
internal sealed class DeclaredOrderViolated() : Rule(
    id: "TW2007",
    title: "Declared lock order violated",
    message: "{0} locks '{1}' while holding '{2}', against the declared order: {3}",
    description: "The order written on the locks is what keeps threads from waiting for each other in a ring. Whoever takes them the other way round can deadlock with those who keep to it.")
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            if (type.Type.HasLocks)
                foreach (var found in DeclaredOrder.Broken(type.Type.Code.Order))
                    type.Report(found, static place => place.ToString());
        });
}
