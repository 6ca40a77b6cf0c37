using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A field that every thread has of its own is initialized for one of them.</summary>
internal sealed class ThreadStaticInitializer() : Rule(
    id: "TW1021",
    title: "Initializer of a thread-static field",
    message: "'{0}' is given this value for the thread that initializes the type alone; every other thread begins with {1}",
    description: "A static initializer runs once, on one thread. A thread-static field has a copy for each thread, and the others begin with the default of its type.")
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            if (!type.Type.Model.HasThreadSlots(type.Type.Type))
                return;
            foreach (var (field, where) in ThreadSlots.WithInitializer(type.Type))
                type.Report(where, Properties.None, type.Type.NameOf(field), field is Microsoft.CodeAnalysis.IFieldSymbol { Type.IsReferenceType: false }
                    ? "zero"
                    : "null");
        });
}
