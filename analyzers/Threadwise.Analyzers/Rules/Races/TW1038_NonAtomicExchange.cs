using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A value is taken out of a field in two steps.</summary>
internal sealed class NonAtomicExchange() : Rule(
    id: "TW1038",
    title: "Value taken and cleared in two steps",
    message: "'{0}' is used and then cleared in '{1}', and '{2}' clears it too ({3}): {4}, and both can take the same value",
    description: "The value is read, used, and then the field is cleared. Another thread that does the same in between takes the same value a second time.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) => when.Types(static type =>
    {
        foreach (var race in UnguardedState.Exchanges(type.Type))
            type.Report(race.Change.Where, new[] { race.Other.Where }, Properties.None,
                type.Type.NameOf(race.State.Member), race.Change.Body.Name, race.Other.Body.Name, Properties.Position(race.Other.Where), race.Root.Reason);
    });
}
