using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A waiter is woken before the state it reads is written.</summary>
internal sealed class SignalBeforeState() : Rule(
    id: "TW1034",
    title: "Waiter woken before the state it reads is written",
    message: "'{0}' wakes '{1}' before '{2}' is written ({3}), which '{1}' reads when it goes on ({4})",
    description: "The signal is given first and the state is written afterwards. Who was waiting may go on at once, and reads what was there before.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) => when.Types(static type =>
    {
        foreach (var early in EarlySignals.In(type.Type))
            type.Report(TypeSite.At(early.Body.Tree, early.Signal), new[] { early.Written.Where, early.Read.Where }, Properties.None,
                early.Body.Name, early.Read.Body.Name, type.Type.NameOf(early.Written.Access.Place.Member!),
                    Properties.Position(early.Written.Where), Properties.Position(early.Read.Where));
    });
}
