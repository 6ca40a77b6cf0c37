using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>Every plain change of the field becomes a call that makes it in one step; a plain reading of two words, one that reads them together.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MixedInterlockedAccessFix))]
public sealed class MixedInterlockedAccessFix() : Fix("TW1010", "Change it in one step everywhere")
{
    private protected override Patch? For(Finding finding) => finding["how"] == "wide" ? Read(finding) : AtomicChange.OfField(finding);

    private static Patch? Read(Finding finding)
    {
        if (finding.Node is not (IdentifierNameSyntax or MemberAccessExpressionSyntax) || finding.Model.GetTypeInfo(finding.Node, finding.Cancel).Type is not { } type)
            return null;
        var reader = type.SpecialType == SpecialType.System_Double ? "System.Threading.Volatile" : "System.Threading.Interlocked";
        return finding.Model.Compilation.GetTypeByMetadataName(reader)?.ToMinimalDisplayString(finding.Model, finding.Node.SpanStart) is { } name
            ? finding.Patch(finding.Node).Before(finding.Node.SpanStart, $"{name}.Read(ref ").After(finding.Node.Span.End, ")")
            : null;
    }
}
