namespace Threadwise.Analyzers.Rules;

/// <summary>A task or thread that a loop starts reads the variable of the <c>for</c> loop, which goes on meanwhile.</summary>
internal sealed class CapturedLoopVariable() : Rule(
    id: "TW1029",
    title: "Variable of a for loop captured by work that outlives its round",
    message: "'{0}' is read by work that '{1}' starts in '{2}', when the loop has gone on: it is one variable for all rounds, and most of the work sees a later value",
    description: "The variable of a for loop is the same in every round, and a lambda captures the variable and not its value. Work that begins later, or on another thread, sees what the variable is by then.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.LoopVariableUses(static (site, use) => site.Report(Properties.None, use.Variable.Name, site.Text(use.Starter), site.In));
}
