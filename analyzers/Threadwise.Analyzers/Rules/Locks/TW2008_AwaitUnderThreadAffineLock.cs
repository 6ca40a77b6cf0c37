using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A lock that belongs to its thread is held across an await, behind which another thread may go on.</summary>
internal sealed class AwaitUnderThreadAffineLock() : Rule(
    id: "TW2008",
    title: "Await under a thread-affine lock",
    message: "'{0}' awaits while it holds '{1}', which belongs to the thread; behind the await another thread may have to release it",
    description: "A Monitor, Lock, Mutex, ReaderWriterLockSlim or SpinLock can be released only by the thread that took it. After an await the code may run on another thread, where the release throws, while the first thread keeps the lock.")
{
    public override void Look(When when) =>
        when.Awaits(static (site, await) =>
        {
            foreach (var held in site.Held)
                if (held.Lock.Nature.Affine && !held.Assumed)
                {
                    var convert = Reentry.IsImpossible(site.Type, held.Lock);
                    site.Report(Properties.Of(("lock", held.Lock.Place.ToString()), ("convert", convert ? "true" : "false")), site.In, held.Lock.Place);
                    return;
                }
        });
}
