using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The loop reads the field as one that others change.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HoistableStopFlagFix))]
public sealed class HoistableStopFlagFix() : Fix("TW1018", "Read the field with 'Volatile.Read'")
{
    private protected override Patch? For(Finding finding)
    {
        if (finding.Node is not ExpressionSyntax read || finding.Symbol(read) is not IFieldSymbol || finding.Model.Compilation.GetTypeByMetadataName("System.Threading.Volatile") is not { } reader)
            return null;
        return finding.Patch(read).Before(read.SpanStart, $"{reader.ToMinimalDisplayString(finding.Model, read.SpanStart)}.Read(ref ").After(read.Span.End, ")");
    }
}
