using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>An object that no two threads may use at once is kept where all of them find it, and used without a lock.</summary>
internal sealed class SharedUnsafeStatic() : Rule(
    id: "TW1027",
    title: "Unsafe object in a static",
    message: "'{0}' is used by all threads, as in '{1}' ({2}), without a lock that all uses share, but a {3} serves one thread at a time",
    description: "A static is shared by every thread of the process. Two threads that use an object at once which is not made for that spoil its state: a Random gives nothing but zeros, a hash is that of two texts mixed.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            if (type.Type.Model.SharedObjects.Of(type.Type.Type) is null || !type.MayBeConcurrent)
                return;
            foreach (var found in SharedObjects.Statics(type.Type))
                type.Report(found.Member.Locations[0], [TypeSite.At(found.In.Tree, found.Use)], Properties.None,
                    type.Type.NameOf(found.Member), found.In.Name, Properties.Position(TypeSite.At(found.In.Tree, found.Use)), found.Type.Name);
        });
}
