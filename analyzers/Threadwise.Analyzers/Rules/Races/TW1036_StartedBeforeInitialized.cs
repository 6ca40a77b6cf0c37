using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>Work runs on another thread before a field that it reads has its value.</summary>
internal sealed class StartedBeforeInitialized() : Rule(
    id: "TW1036",
    title: "Work started before what it reads is initialized",
    message: "'{0}' is assigned in '{1}' ({2}) after the work started here, which reads it in '{3}' ({4})",
    description: "A timer, a task or an event may run its delegate at once. What the delegate reads is assigned only afterwards, so that it finds nothing.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) => when.Types(static type =>
    {
        foreach (var early in EarlyStarts.In(type.Type))
        {
            var (assigned, read) = (TypeSite.At(early.Body.Tree, early.Assigned.Span), TypeSite.At(early.Reader.Tree, early.Read.Span));
            type.Report(TypeSite.At(early.Body.Tree, early.Start.Span), new[] { assigned, read }, Properties.None,
                type.Type.NameOf(early.Assigned.Place.Member!), early.Body.Name, Properties.Position(assigned), early.Reader.Name, Properties.Position(read));
        }
    });
}
