namespace Threadwise.Analyzers.Rules;

/// <summary>Bodies of several types take the same locks in different orders, directly or through calls of each other.</summary>
internal sealed class LockOrderInversionAcrossTypes() : Rule(
    id: "TW2002",
    title: "Lock order inversion across types",
    message: "Deadlock risk: {0} locks '{1}' while holding '{2}', but {3} ({4})",
    description: "Two threads that take the same locks in opposite orders can each get the first and wait for the second for ever. Call other objects after the lock is released, or agree on one order.",
    severity: DiagnosticSeverity.Info,
    atEnd: true)
{
    public override void Look(When when) =>
        when.Ends(static code =>
        {
            foreach (var cycle in code.Code.Order.Cycles)
                for (var i = 0; i < cycle.Legs.Length && !code.Code.Reported.Contains(cycle.Id); i++)
                {
                    var leg = new CycleReport(cycle, i, static place => place.Qualified);
                    code.Report(leg.Where, leg.Others, leg.Properties, leg.Arguments);
                }
        });
}
