using Microsoft.CodeAnalysis;
using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A plain object serves as a lock where the framework has a type for that.</summary>
internal sealed class ObjectAsLock() : Rule(
    id: "TW2023",
    title: "Object as a lock",
    message: "'{0}' is there to be locked and for nothing else; a 'Lock' says so, and lock statements take it faster",
    description: "A lock statement over a System.Threading.Lock uses that type's own members, which cost less than the monitor that every object can have. Its type also keeps others from using the field for something else.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            if (!type.Type.Model.HasBetterGates)
                return;
            foreach (var gate in PlainGates.In(type.Type))
                type.Report(gate.Locations[0], Properties.None, type.Type.NameOf(gate));
        });
}
