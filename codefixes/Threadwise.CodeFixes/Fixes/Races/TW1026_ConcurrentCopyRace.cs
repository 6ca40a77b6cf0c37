using Microsoft.CodeAnalysis.CodeFixes;

namespace Threadwise.CodeFixes.Fixes;

/// <summary>The collection makes a copy of itself first.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ConcurrentCopyRaceFix))]
public sealed class ConcurrentCopyRaceFix() : Fix("TW1026", "Copy the collection by its own ToArray")
{
    private protected override Patch? For(Finding finding) =>
        finding.Others is [ExpressionSyntax collection]
            && collection is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ElementAccessExpressionSyntax
            ? finding.Patch(collection).After(collection.Span.End, ".ToArray()")
            : null;
}
