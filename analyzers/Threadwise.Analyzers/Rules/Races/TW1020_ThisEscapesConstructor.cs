using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>Other threads get an object whose constructor goes on writing it.</summary>
internal sealed class ThisEscapesConstructor() : Rule(
    id: "TW1020",
    title: "Object shared before it is constructed",
    message: "'{0}' hands its object to '{1}' here and writes '{2}' only afterwards ({3}); another thread that has it by then finds the old value, or loses its own",
    description: "A constructor puts its object where other threads find it, or starts work that changes it, and goes on writing its fields. They see an object that is half done.",
    severity: Microsoft.CodeAnalysis.DiagnosticSeverity.Info)
{
    public override void Look(When when) => when.Types(static type =>
    {
        foreach (var early in EarlyEscapes.In(type.Type))
        {
            var written = TypeSite.At(early.Body.Tree, early.Written.Span);
            type.Report(TypeSite.At(early.Body.Tree, early.Where), new[] { written }, Properties.None,
                early.Body.Name, type.Type.NameOf(early.To), type.Type.NameOf(early.Written.Place.Member!), Properties.Position(written));
        }
    });
}
