using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A volatile field is read and written in two steps, as if volatile made one of them.</summary>
internal sealed class NonAtomicVolatileUpdate() : Rule(
    id: "TW1009",
    title: "Volatile field changed in two steps",
    message: "'{0}' is volatile, but '{1}' in '{2}' reads it and writes it in two steps; what another thread wrote in between is lost",
    description: "That a field is volatile means that each read and each write is seen by other threads in order. It does not make one step of a read and a write that belong together.",
    severity: DiagnosticSeverity.Info)
{
    public override void Look(When when) =>
        when.Writes(static (site, write) =>
        {
            if (write is { Member: IFieldSymbol { IsVolatile: true }, IsOperator: true }
                && site.Type.Exposed.ChangeAtOnce(write.Member) is null && site.MayBeSpoilt(write.On))
                site.Report(Properties.Of(("member", write.Member.Name)), site.Text(write.Member), write.Text, site.In);
        });
}
