using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A field is tested and then read again, and in between it may have lost its value.</summary>
internal sealed class FieldReadTwice() : Rule(
    id: "TW1033",
    title: "Shared field tested and then read again",
    message: "'{0}' is read again in '{1}' {2}; '{3}' can clear it in between ({4})",
    description: "The test and the use read the field one after the other. Code of another thread that clears it in between makes the use fail though the test had succeeded.")
{
    public override void Look(When when) => when.Types(static type =>
    {
        foreach (var found in DoubleReads.In(type.Type))
            type.Report(found.Read.Where, new[] { found.Cleared.Where }, Properties.None, Words(type, found, "after it was tested"));
        foreach (var found in DoubleReads.InWork(type.Type))
            type.Suggest(found.Read.Where, Properties.None, Words(type, found, "when the work begins that was started after it was written"));
    });

    private static object[] Words(TypeSite type, DoubleRead found, string when) =>
        [type.Type.NameOf(found.State.Member), found.Read.Body.Name, when, found.Cleared.Body.Name, Properties.Position(found.Cleared.Where)];
}
