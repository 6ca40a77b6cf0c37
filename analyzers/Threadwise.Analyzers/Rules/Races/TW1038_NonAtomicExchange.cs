using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A value is taken out of a field in two steps.</summary>
internal sealed class NonAtomicExchange() : Rule(
    id: "TW1038",
    title: "Value taken and cleared in two steps",
    message: "'{0}' is used and then {1} in '{2}', and '{3}' {4} it too ({5}): {6}, and both can take the same value",
    description: "The value is read, used, and then the field is cleared. Another thread that does the same in between takes the same value a second time.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) => when.Types(static type =>
    {
        foreach (var race in UnguardedState.Exchanges(type.Type))
            type.Report(race.Change.Where, new[] { race.Other.Where }, Properties.None,
                type.Type.NameOf(race.State.Member), race.Change.Access.Done, race.Change.Body.Name, race.Other.Body.Name, race.Other.Shape == Shape.Clear
                    ? "clears"
                    : "writes", Properties.Position(race.Other.Where), race.Root.Reason);
    });
}
