using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Threadwise.Testing;

/// <summary>The comments and directives of a text, which no fix may lose.</summary>
internal static class Commentary
{
    public static IReadOnlyList<string> Lost(string before, string after)
    {
        var left = In(after).CountBy(text => text).ToDictionary();
        var lost = new List<string>();
        foreach (var text in In(before))
        {
            var count = left.GetValueOrDefault(text);
            if (count == 0)
                lost.Add(text);
            else
                left[text] = count - 1;
        }

        return lost;
    }

    private static IEnumerable<string> In(string source) =>
        CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTrivia(descendIntoTrivia: false).Where(IsKept)
            .Select(trivia => string.Join(' ', trivia.ToFullString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    private static bool IsKept(SyntaxTrivia trivia) =>
        trivia.IsDirective || trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
            or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia or SyntaxKind.DisabledTextTrivia;
}
