using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The loop reads the field as one that others change; or the flag becomes the source of a cancellation, which is always read so.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HoistableStopFlagFix))]
public sealed class HoistableStopFlagFix() : Fix("TW1018", "Read the field with 'Volatile.Read'", "Stop by a CancellationToken")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding.Node is not ExpressionSyntax read || finding.Symbol(read) is not IFieldSymbol
            || finding.Model.Compilation.GetTypeByMetadataName("System.Threading.Volatile") is not { } reader)
            return null;
        return finding.Patch(read).Before(read.SpanStart, $"{reader.ToMinimalDisplayString(finding.Model, read.SpanStart)}.Read(ref ").After(read.Span.End, ")");
    }

    private protected override Patch? OtherFor(Finding finding) => StopSource.For(finding);
}
