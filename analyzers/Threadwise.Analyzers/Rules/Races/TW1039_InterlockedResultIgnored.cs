namespace Threadwise.Analyzers.Rules;

/// <summary>A variable is changed in one step, and then read again to learn what it became.</summary>
internal sealed class InterlockedResultIgnored() : Rule(
    id: "TW1039",
    title: "Variable read again after an atomic change",
    message: "'{0}' is read again in '{1}' {2}; another thread can have changed it in between{3}",
    description: "The call that changes the variable returns what it found or made, and that alone belongs to this change. A second reading may give what other threads have made of it since.")
{
    public override void Look(When when) =>
        when.Rereads(static (site, read) =>
        {
            if (site.MayBeSpoilt(read.On))
                site.Report(
                    read.Changed,
                    Properties.Of(("kind", read.InSwap ? "swap" : "result")),
                    site.Text(read.Member), site.In,
                    read.InSwap ? $"to compute what '{site.Text(read.By)}' puts in" : $"after '{site.Text(read.By)}' changed it",
                    read.InSwap ? ", and the change is lost" : ", so use what the call returned");
        });
}
