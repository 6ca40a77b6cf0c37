using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A loop changes the collection it goes through.</summary>
internal sealed class LiveEnumeration() : Rule(
    id: "TW1035",
    title: "Collection changed while it is gone through",
    message: "'{0}' is gone through in '{1}' while {2} changes it ({3}); the loop then throws",
    description: "The body of the loop, or a member that it calls, adds to or removes from the collection. The next step of the loop throws InvalidOperationException.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) => when.Types(static type =>
    {
        foreach (var found in LiveEnumerations.In(type.Type))
            type.Report(found.Loop.Where, new[] { found.Change.Where }, Properties.None,
                type.Type.NameOf(found.State.Member), found.Loop.Body.Name, found.Via is null
                    ? "its own body"
                    : $"'{type.Type.NameOf(found.Via)}'", Properties.Position(found.Change.Where));
    });
}
