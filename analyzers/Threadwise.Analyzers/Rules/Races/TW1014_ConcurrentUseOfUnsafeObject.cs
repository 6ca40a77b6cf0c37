using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>An operation begins on an object that allows one at a time, while another one is under way.</summary>
internal sealed class ConcurrentUseOfUnsafeObject() : Rule(
    id: "TW1014",
    title: "Two operations at a time on an object that allows one",
    message: "'{0}' begins on '{1}' in '{2}' while {3}: it allows one operation at a time",
    description: "A database context, connection, stream or writer has one state for the operation that is under way. A second one finds it half changed: it throws, or mixes up what both read and write.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.OverlappingUses(static (site, use) =>
        {
            if (!site.IsAlone)
                site.Report([site.At(use.Beside)], Properties.None, site.Text(use.Member), use.Name, site.In,
                    use.Other is { } other ? $"'{site.Text(other)}' may be under way ({site.Position(use.Beside)})"
                    : use.Starter is { } starter ? $"other runs that '{site.Text(starter)}' starts use it too"
                    : "the one of the round before may be under way");
        });
}
