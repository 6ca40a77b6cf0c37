using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>What taking a lock returned, and what alone gives it back, is thrown away.</summary>
internal sealed class DroppedLockScope() : Rule(
    id: "TW2017",
    title: "Dropped lock scope",
    message: "'{0}' drops what '{1}' returns, which alone gives {2} back; everybody who wants it next waits for ever",
    description: "The lock is held until the scope that taking it returned is disposed of, and nobody can do that any more. Put the scope into a using.")
{
    public override void Look(When when) =>
        when.Drops(static (site, drop) =>
        {
            if (!site.IsGivenBack(drop))
                site.Report(Properties.None, site.In, site.Text(drop.Taken), drop.Lock is { } place ? $"'{place}'" : "the lock");
        });
}
