using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>State of a type that another type makes everybody's is changed without a guard.</summary>
internal sealed class UnguardedSharedWriteAcrossTypes() : Rule(
    id: "TW1106",
    title: "State of a singleton changed without any guard",
    message: "'{0}' is changed in '{1}' while '{2}' {3} it ({4}): '{5}' is registered as a singleton ({6}), and no lock guards it",
    description: "All who ask the container for the object get the same one, from many threads at a time. What one of them does to its state can be lost, or break what another one sees.",
    severity: Microsoft.CodeAnalysis.DiagnosticSeverity.Info,
    atEnd: true)
{
    public override void Look(When when) =>
        when.Ends(static code =>
        {
            foreach (var (found, registered) in code.Code.OpenChanges)
                code.Report(found.Change.Where, new[] { found.Other.Where, registered }, Properties.None, Body.NameOf(found.State),
                    found.Change.Body.Name, found.Other.Body.Name,
                    found.Other.Access.IsChange
                        ? "changes"
                        : "reads", Properties.Position(found.Other.Where), found.State.ContainingType.Name, Properties.Position(registered));
        });
}
