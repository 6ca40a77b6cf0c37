using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>What was tested before the lock is acted on inside, as if it were still so.</summary>
internal sealed class CheckNotRepeatedUnderLock() : Rule(
    id: "TW1040",
    title: "Check not repeated under the lock",
    message: "'{0}' is tested before '{1}' is locked and not tested again inside; {2}",
    description: "Between a test and the lock another thread may have taken the lock and made the test untrue. What was decided by the test is then done a second time, or to an object that is gone.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.UnrepeatedChecks(static (site, check) =>
        {
            if (site.IsFirst(check.Named) && Harm(site, check) is { } harm)
                site.Report([site.At(check.Named), site.At(check.Acted)], Properties.None, check.State, check.Lock, harm);
        });

    private static string? Harm(Site site, Unrepeated check) => check.Filled is null ? $"'{site.In}' may run for two callers that both passed the test"
        : site.EndOf(check) is { } end ? $"when '{end.Name}' has come in between, what is put into '{check.Filled}' stays there"
        : null;
}
