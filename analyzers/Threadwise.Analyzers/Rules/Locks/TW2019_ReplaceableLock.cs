using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>The field whose object is locked can get another object, on which nobody waits for those who hold the first.</summary>
internal sealed class ReplaceableLock() : Rule(
    id: "TW2019",
    title: "Replaceable lock",
    message: "'{0}' is locked in '{1}' ({2}) {3}",
    description: "A lock keeps out only those who lock the same object. Once another object is in the field, a thread that holds the old one and a thread that takes the new one run side by side.")
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            foreach (var found in ReplaceableLocks.In(type.Type))
            {
                var locked = Properties.Position(TypeSite.At(found.Locked.Body.Tree, found.Locked.At));
                if (found.Replaced is var (body, at))
                    type.Report(found.Field.Locations[0], Properties.Of(("kind", "replaced")), type.Type.NameOf(found.Field), found.Locked.Body.Name, locked,
                        $"and gets another object in '{body.Name}' ({Properties.Position(TypeSite.At(body.Tree, at))}); who holds the old one does not keep out who locks the new one");
                else
                    type.Suggest(found.Field.Locations[0], Properties.Of(("kind", "readonly")), type.Type.NameOf(found.Field), found.Locked.Body.Name, locked,
                        "and is not readonly; another object in it would let two threads in");
            }
        });
}
