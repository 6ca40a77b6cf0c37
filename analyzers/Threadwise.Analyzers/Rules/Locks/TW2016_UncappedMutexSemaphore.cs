using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A semaphore that is used as a lock has no upper limit, so that a release too many makes it admit two.</summary>
internal sealed class UncappedMutexSemaphore() : Rule(
    id: "TW2016",
    title: "Semaphore used as a lock without an upper limit",
    message: "'{0}' is used as a lock, but nothing stops one release too many from letting two in at a time; create it with an upper limit of 1",
    description: "A semaphore that starts at one without an upper limit counts every release. One that was not paired with a wait goes unnoticed, and from then on the lock excludes nobody.")
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            foreach (var (body, create) in MutexSemaphores.Uncapped(type.Type))
                type.Report(TypeSite.At(body.Tree, create.Span), Properties.Of(("lock", create.Lock.ToString())), type.Type.NameOf(create.Lock.Member!));
        });
}
