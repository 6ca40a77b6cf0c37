using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A thread stops, for a time, a file or another thread, while it holds a lock.</summary>
internal sealed class BlockingCallUnderLock() : Rule(
    id: "TW2010",
    title: "Blocking call under a lock",
    message: "{0} calls '{1}' while it holds '{2}' ({3}); everybody who wants the lock waits as long",
    description: "Whoever wants the lock waits for a sleep, for a disk, a network or another thread too. Prepare what is slow before the lock, or do it afterwards with a copy.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            if (!type.Type.HasLocks)
                return;
            var said = new HashSet<Location>();
            foreach (var stall in new Stalls(type.Type).All())
            {
                var (at, since) = (TypeSite.At(stall.Body.Tree, stall.At), TypeSite.At(stall.Body.Tree, stall.Held.Since));
                if (said.Add(at))
                    type.Report(
                        at, [since], Properties.Of(("lock", stall.Held.Lock.Place.ToString()), ("kind", stall.Block.Fact.Kind)),
                        Properties.Chain(stall.Body, stall.Via), Body.NameOf(stall.Block.Member), stall.Held.Lock.Place, Properties.Position(since));
            }
        });
}
