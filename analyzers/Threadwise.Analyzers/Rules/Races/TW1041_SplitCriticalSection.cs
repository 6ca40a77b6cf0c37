using Microsoft.CodeAnalysis;

namespace Threadwise.Analyzers.Rules;

/// <summary>What one critical section found decides what a second one of the same lock writes.</summary>
internal sealed class SplitCriticalSection() : Rule(
    id: "TW1041",
    title: "Critical section in two parts",
    message: "'{0}' is written here for what an earlier section of '{1}' found ({2}); in between another thread may have taken the lock and changed it",
    description: "Between two lock statements the lock is free. What the first one read may be out of date when the second one writes, and what another thread wrote meanwhile is lost.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.SplitSections(static (site, split) =>
        {
            if (site.IsFirst(split.Named))
                site.Report([site.At(split.Read), site.At(split.Named)], Properties.None, split.State, split.Lock, Properties.Position(site.At(split.Read)));
        });
}
