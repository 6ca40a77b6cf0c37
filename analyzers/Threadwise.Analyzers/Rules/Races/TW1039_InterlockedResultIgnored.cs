using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A variable is changed in one step, and then read again to learn what it became.</summary>
internal sealed class InterlockedResultIgnored() : Rule(
    id: "TW1039",
    title: "Variable read again after an atomic change",
    message: "'{0}' is read {1}in '{2}' {3}; another thread can have changed it in between{4}",
    description: "The call that changes the variable returns what it found or made, and that alone belongs to this change. A second reading may give what other threads have made of it since.")
{
    public override void Look(When when) =>
        when.Rereads(static (site, read) =>
        {
            if (!site.MayBeSpoilt(read.On))
                return;
            var (again, what, harm) = read.How switch
            {
                Reread.Swap => ("again ", $"to compute what '{site.Text(read.By)}' puts in", ", and the change is lost"),
                Reread.Before => ("", $"before '{site.Text(read.By)}' changes it", ", so use what the call returns"),
                Reread.Stale => ("", $"before the loop in which '{site.Text(read.By)}' expects it", ", and the loop never ends"),
                _ => ("again ", $"after '{site.Text(read.By)}' changed it", ", so use what the call returned"),
            };
            site.Report(read.Changed, Properties.Of(("kind", read.How.ToString().ToLowerInvariant())), site.Text(read.Member), again, site.In, what, harm);
        });
}
