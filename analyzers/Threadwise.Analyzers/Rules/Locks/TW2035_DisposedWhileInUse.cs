using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A lock or signal is disposed of while another thread goes on using it.</summary>
internal sealed class DisposedWhileInUse() : Rule(
    id: "TW2035",
    title: "Lock or signal disposed of while in use",
    message: "'{0}' disposes of '{1}' without waiting for '{2}', which runs on another thread and uses it again and again ({3})",
    description: "Who waits on a disposed semaphore or event is not woken, and who uses it next gets an exception. Work that uses it must have ended before it is disposed of.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            foreach (var (body, dispose, user, use) in new Disposals(type.Type).Early())
                type.Report(
                    TypeSite.At(body.Tree, dispose.Span),
                    Properties.Of(("lock", dispose.Place.ToString())),
                    body.Name, dispose.Place, user.Name, Properties.Position(TypeSite.At(user.Tree, use.Span)));
        });
}
