using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A lock that is a value is copied; the copy is another lock.</summary>
internal sealed class CopiedLockStruct() : Rule(
    id: "TW2027",
    title: "Copied lock struct",
    message: "'{0}' {1}: whoever takes the copy excludes nobody",
    description: "A lock that is a struct keeps its state in itself. A copy, which a read-only field or a property makes at every use, has a state of its own and excludes nobody who uses the original.")
{
    public override void Look(When when)
    {
        when.LockCopies(static (site, copy) => site.Report(Properties.Of(("copy", "value")), copy.Name, $"is a lock struct and is copied here in '{site.In}'"));
        when.Types(static type =>
        {
            foreach (var member in LockValues.CopiedBy(type.Type))
                type.Report(
                    member.Locations[0],
                    Properties.Of(("copy", member.Kind == SymbolKind.Field ? "readonly" : "property")),
                    type.Type.NameOf(member), member.Kind == SymbolKind.Field
                        ? "is a lock struct in a read-only field, copied at every call"
                        : "is a lock struct in a property, copied at every use");
        });
    }
}
