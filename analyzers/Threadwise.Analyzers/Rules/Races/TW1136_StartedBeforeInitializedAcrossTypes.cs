using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>The constructor of a base type starts work that reads what only the constructor of the derived type assigns.</summary>
internal sealed class StartedBeforeInitializedAcrossTypes() : Rule(
    id: "TW1136",
    title: "Work started by a base type before what it reads is initialized",
    message: "'{0}' is assigned after the base constructor has started work ({1}) that calls '{2}', which reads it ({3})",
    description: "The constructor of a base type runs before that of the derived one. The work it starts calls an override that may find nothing in a field which the derived constructor has still to assign.",
    severity: Microsoft.CodeAnalysis.DiagnosticSeverity.Info,
    atEnd: true)
{
    public override void Look(When when) =>
        when.Ends(static code =>
        {
            foreach (var (late, run) in code.Code.StartedByBase)
                code.Report(late.Assigned, new[] { run.Started, late.Read }, Properties.None, Body.NameOf(late.Field), Properties.Position(run.Started),
                    late.Override.Name, Properties.Position(late.Read));
        });
}
