using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>A field is tested and then read again, and in between it may have lost its value.</summary>
internal sealed class FieldReadTwice() : Rule(
    id: "TW1033",
    title: "Shared field tested and then read again",
    message: "'{0}' is read again in '{1}' after it was tested; '{2}' can clear it in between ({3})",
    description: "The test and the use read the field one after the other. Code of another thread that clears it in between makes the use fail though the test had succeeded.")
{
    public override void Look(When when) => when.Types(static type =>
    {
        foreach (var found in DoubleReads.In(type.Type))
            type.Report(found.Read.Where, new[] { found.Cleared.Where }, Properties.None, type.Type.NameOf(found.State.Member), found.Read.Body.Name, found.Cleared.Body.Name, Properties.Position(found.Cleared.Where));
    });
}
