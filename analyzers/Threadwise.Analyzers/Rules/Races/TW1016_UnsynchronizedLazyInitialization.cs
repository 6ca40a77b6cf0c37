using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>An object of which there is to be one is created by every thread that finds none.</summary>
internal sealed class UnsynchronizedLazyInitialization() : Rule(
    id: "TW1016",
    title: "Unsynchronized lazy initialization",
    message: "'{0}' is {1} in '{2}' if {3}; two threads can both find {4}: {5}",
    description: "The object is created when it is first asked for, by code that several threads can be in. Both find none and create one each, and what the first was given is forgotten.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) => when.Types(static type =>
    {
        foreach (var race in UnguardedState.Lazy(type.Type))
            type.Report(race.Change.Where, new[] { race.Other.Where }, Properties.None, Words(race, type.Type.NameOf(race.State.Member)));
    });

    private static object[] Words(UnguardedChange race, string name) => race.Change.Access.IsTurn
        ? [name, "set", race.Change.Body.Name, "it is not", "that it is not", race.Root.Reason]
        : [name, "created", race.Change.Body.Name, "there is none", "none", race.Root.Reason];
}
