using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A field of an instance is marked as one that each thread has of its own.</summary>
internal sealed class ThreadStaticInstanceField() : Rule(
    id: "TW1022",
    title: "Thread-static instance field",
    message: "'{0}' is no static field, so the attribute means nothing; all threads that use the object share it",
    description: "The attribute is looked at on static fields alone. A field of an object is the same for every thread that has the object.")
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            if (!type.Type.Model.HasThreadSlots(type.Type.Type))
                return;
            foreach (var (field, where) in ThreadSlots.WithoutEffect(type.Type.Type))
                type.Report(where, Properties.None, type.Type.NameOf(field));
        });
}
