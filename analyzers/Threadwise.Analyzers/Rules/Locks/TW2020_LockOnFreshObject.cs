using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>The object that is locked was made for this very lock, so that nobody else can be waiting for it.</summary>
internal sealed class LockOnFreshObject() : Rule(
    id: "TW2020",
    title: "Lock on a fresh object",
    message: "'{0}' locks {1}, which is another object on every call, so that nobody is kept out",
    description: "A lock keeps out those who lock the same object. An object that is created for each use is never the same, and what the lock is meant to protect is changed by several threads at once.")
{
    public override void Look(When when) =>
        when.Locks(static (site, on) =>
        {
            if (on.Origin == Origin.Fresh)
                site.Report(Properties.None, site.In, on.Member is { } member ? $"'{member.Name}'" : $"a new {on.Type.Name}");
        });
}
