using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A variable is changed in one step here and in several there.</summary>
internal sealed class MixedInterlockedAccess() : Rule(
    id: "TW1010",
    title: "Atomic and plain changes of one variable",
    message: "'{0}' is changed in one step by '{1}' ({2}), but '{3}' {4}",
    description: "A call that changes a variable in one step only helps against others that do the same. Code that reads the variable and then writes it plainly undoes what happened in between.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when)
    {
        when.Writes(static (site, write) =>
        {
            if (write.How != Rewrite.Blind && site.Type.Exposed.ChangeAtOnce(write.Member) is { } atOnce && site.MayMeet(write))
                site.Report(
                    [atOnce.Where],
                    Properties.Of(("member", write.Member.Name), ("how", write.How.ToString())),
                    site.Text(write.Member), site.Text(atOnce.By), Properties.Position(atOnce.Where), site.In,
                        "reads it and writes it in two; a change made in between is lost");
        });
        when.WideReads(static (site, read) =>
        {
            if (site.Type.Exposed.WideChangeAtOnce(read.Member) is { } atOnce && !site.ChangesAtOnce(read.Member) && site.MayBeSpoilt(read.On))
                site.Inform(
                    [atOnce.Where],
                    Properties.Of(("member", read.Member.Name), ("how", "wide")),
                    site.Text(read.Member), site.Text(atOnce.By), Properties.Position(atOnce.Where), site.In,
                        "reads it plainly; a 32-bit process can see half of a change");
        });
    }
}
