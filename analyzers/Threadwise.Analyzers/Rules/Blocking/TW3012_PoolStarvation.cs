namespace Threadwise.Analyzers.Rules;

/// <summary>Work of the thread pool blocks its thread on other work of the thread pool.</summary>
internal sealed class PoolStarvation() : Rule(
    id: "TW3012",
    title: "Work of the thread pool waits for work of the thread pool",
    message: "'{0}' in '{1}' keeps a thread of the pool until other work of the pool is done, which needs a thread too; await it",
    description: "When as many wait as the pool has threads, none is left for what they wait for. The pool adds threads one after a while, and until then nothing moves.")
{
    public override void Look(When when) =>
        when.Blocks(static (site, block) =>
        {
            if (block is { Fact.Kind: "wait", Work: { OnOtherThread: true, ReturnsTask: true } } && site.Context is { Kind: "pool" } && site.StopsSynchronousCode(block))
                site.Report(Properties.Of(("twin", block.Fact.Twin)), site.Text(block.Member), site.In);
        });
}
