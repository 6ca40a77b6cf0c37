using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Analyzers.Tests;

/// <summary>Broken variants of a source, always the same ones for the same text: cut off, and with tokens deleted, doubled and swapped.</summary>
internal static class RobustnessMutations
{
    /// <param name="each">How many variants of each kind.</param>
    public static IEnumerable<(string Name, string Text)> Of(string text, int each)
    {
        var random = new Random(Seed(text));
        var tokens = CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens().Where(token => token.Span.Length > 0).ToList();
        if (tokens.Count < 2)
            yield break;
        for (var i = 0; i < each; i++)
        {
            var cut = random.Next(text.Length);
            yield return ($"cut at {cut}", text[..cut]);
            var deleted = tokens[random.Next(tokens.Count)];
            yield return ($"without '{deleted}' at {deleted.SpanStart}", text.Remove(deleted.SpanStart, deleted.Span.Length));
            var doubled = tokens[random.Next(tokens.Count)];
            yield return ($"'{doubled}' doubled at {doubled.SpanStart}", text.Insert(doubled.Span.End, " " + doubled.Text));
            var first = random.Next(tokens.Count - 1);
            var second = random.Next(3) == 0 ? random.Next(first + 1, tokens.Count) : first + 1;
            yield return ($"'{tokens[first]}' and '{tokens[second]}' swapped", Swapped(text, tokens[first], tokens[second]));
        }
    }

    private static string Swapped(string text, SyntaxToken first, SyntaxToken second) => string.Concat(
        text.AsSpan(0, first.SpanStart), second.Text + text[first.Span.End..second.SpanStart] + first.Text, text.AsSpan(second.Span.End));

    private static int Seed(string text) => text.Aggregate(17, static (seed, c) => unchecked((seed * 31) + c));
}
