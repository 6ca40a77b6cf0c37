using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>One piece of state is touched under one lock here and under another one there.</summary>
internal sealed class DifferentGuards() : Rule(
    id: "TW1004",
    title: "State guarded by different locks",
    message: "'{0}' is {1} in '{2}' under '{3}', but under '{4}' in '{5}' ({6}); the two locks do not keep each other out",
    description: "Every access holds a lock, but not all hold the same one. Threads that hold different locks are in the state at the same time.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) => when.Types(static type =>
    {
        foreach (var mixed in MixedGuards.In(type.Type))
            type.Report(mixed.Here.Where, new[] { mixed.There.Where }, Properties.Of(type.Type.Model, mixed.Other, mixed.Here.Access),
                type.Type.NameOf(mixed.State.Member), mixed.Here.Access.Done, mixed.Here.Body.Name, mixed.Own, mixed.Other, mixed.There.Body.Name,
                    Properties.Position(mixed.There.Where));
    });
}
