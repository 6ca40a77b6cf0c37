using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A value of several words is written while other code reads or writes it.</summary>
internal sealed class TornAccess() : Rule(
    id: "TW1017",
    title: "Value of several words shared without a guard",
    message: "'{0}' is {1} in '{2}' while '{3}' {4} it ({5}), and its value has several words: {6}",
    description: "A value that does not fit a word is written word by word. Code that reads it at the same time gets some words of the old value and some of the new.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) => when.Types(static type =>
    {
        foreach (var race in UnguardedState.Torn(type.Type))
            type.Report(race.Change.Where, new[] { race.Other.Where }, Properties.None,
                type.Type.NameOf(race.State.Member), race.Change.Access.Done, race.Change.Body.Name, race.Other.Body.Name, race.Other.Access.IsChange
                    ? "writes"
                    : "reads", Properties.Position(race.Other.Where), race.Root.Reason);
    });
}
