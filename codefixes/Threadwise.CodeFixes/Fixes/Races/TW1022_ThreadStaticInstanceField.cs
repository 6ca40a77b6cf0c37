using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The attribute goes, which has no effect and says what is not so.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ThreadStaticInstanceFieldFix))]
public sealed class ThreadStaticInstanceFieldFix() : Fix("TW1022", "Remove the attribute without effect")
{
    private protected override Patch? For(Finding finding) =>
        finding.Node.FirstAncestorOrSelf<AttributeSyntax>() is not { Parent: AttributeListSyntax list } mark ? null
        : list.Attributes.Count == 1 ? finding.Patch(list).Replace(ThreadLocalField.Extent(finding, list), "")
        : finding.Patch(list).Replace(Between(list, list.Attributes.IndexOf(mark)), "");

    /// <summary>The attribute with the comma beside it.</summary>
    private static TextSpan Between(AttributeListSyntax list, int at) => at > 0
        ? TextSpan.FromBounds(list.Attributes[at - 1].Span.End, list.Attributes[at].Span.End)
        : TextSpan.FromBounds(list.Attributes[0].SpanStart, list.Attributes[1].SpanStart);
}
