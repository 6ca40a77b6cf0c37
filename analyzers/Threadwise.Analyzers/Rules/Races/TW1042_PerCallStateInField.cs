using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A field holds what belongs to one call, of which there are many at a time.</summary>
internal sealed class PerCallStateInField() : Rule(
    id: "TW1042",
    title: "State of one call kept in a field",
    message: "'{0}' is written in '{1}' for '{2}' to read ({3}), though {4}: one call reads what another one wrote",
    description: "Every call writes the field before it reads it, so that the field holds what belongs to that call alone. Where many threads call, each overwrites what the others are working with.",
    severity: Microsoft.CodeAnalysis.DiagnosticSeverity.Info)
{
    public override void Look(When when) => when.Types(static type =>
    {
        var roots = type.Type.Roots;
        if (roots.IsAny)
            foreach (var scratch in CallScratch.In(type.Type, body => roots.OfMany(body) is not null))
                type.Report(scratch.Written.Where, new[] { scratch.Read.Where }, Properties.None,
                    type.Type.NameOf(scratch.Field), scratch.Written.Body.Name, scratch.Read.Body.Name, Properties.Position(scratch.Read.Where),
                        roots.OfMany(scratch.Written.Body)!.Reason);
    });
}
