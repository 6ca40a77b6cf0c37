using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>State is changed by code that runs beside other code which touches it, and nothing guards it.</summary>
internal sealed class UnguardedSharedWrite() : Rule(
    id: "TW1006",
    title: "Shared state changed without any guard",
    message: "'{0}' is changed in '{1}' while '{2}' {3} it ({4}): {5}, and no lock guards it",
    description: "Two threads touch the state at the same time and one of them changes it in more than one step. What one does can be lost, or break what the other sees.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) => when.Types(static type =>
    {
        foreach (var race in type.Type.Unguarded.Where(static race => !race.IsOfLoop).Concat(OffContext.In(type.Type)))
            type.Report(race.Change.Where, new[] { race.Other.Where }, Properties.None,
                type.Type.NameOf(race.State.Member), race.Change.Body.Name, race.Other.Body.Name, race.Other.Access.IsChange
                    ? "changes"
                    : "reads", Properties.Position(race.Other.Where), race.Root.Reason);
    });
}
