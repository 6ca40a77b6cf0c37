namespace Threadwise.Analyzers.Rules;

/// <summary>Bodies of one type take the same locks in different orders, so that each can wait for what the other holds.</summary>
internal sealed class LockOrderInversion() : Rule(
    id: "TW2001",
    title: "Lock order inversion",
    message: "Deadlock risk: {0} locks '{1}' while holding '{2}', but {3} ({4})",
    description: "Two threads that take the same locks in opposite orders can each get the first and wait for the second for ever. Take them in one order everywhere.")
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            if (!type.Type.HasLocks)
                return;
            foreach (var cycle in type.Type.Code.Order.Cycles)
                for (var i = 0; i < cycle.Legs.Length; i++)
                {
                    var leg = new CycleReport(cycle, i, static place => place.ToString());
                    type.Report(leg.Where, leg.Others, leg.Properties, leg.Arguments);
                }
        });
}
