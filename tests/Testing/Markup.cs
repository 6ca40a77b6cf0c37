using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Testing;

/// <summary>A marked stretch of text; <c>Id</c> is null for <c>[|…|]</c>, a diagnostic id, or <c>#n</c> for the n-th expected message.</summary>
public sealed record Mark(string? Id, TextSpan Span);

/// <summary>A text without its marks, and the marks in order of position.</summary>
public sealed record Marked(string Text, IReadOnlyList<Mark> Marks);

/// <summary>The markup of Microsoft.CodeAnalysis.Testing: <c>[|…|]</c>, <c>{|ID:…|}</c>, <c>{|#0:…|}</c>, nested to any depth; <c>$$</c> is dropped.</summary>
public static class Markup
{
    public static Marked Parse(string input)
    {
        var text = new StringBuilder(input.Length);
        var open = new Stack<(string? Id, int Start, string Close)>();
        var marks = new List<Mark>();
        for (var at = 0; at < input.Length;)
        {
            if (Opens(input, at) is var (id, close, length))
            {
                open.Push((id, text.Length, close));
                at += length;
            }
            else if (open.Count > 0 && Has(input, at, open.Peek().Close))
            {
                var mark = open.Pop();
                marks.Add(new Mark(mark.Id, TextSpan.FromBounds(mark.Start, text.Length)));
                at += 2;
            }
            else if (Has(input, at, "$$") && !Has(input, at + 2, "\""))
            {
                at += 2;
            }
            else
            {
                text.Append(input[at++]);
            }
        }

        if (open.Count > 0)
            throw new FormatException($"A mark is opened and never closed: {open.Peek().Id ?? "[|"}");
        return new Marked(text.ToString(), [.. marks.OrderBy(mark => mark.Span)]);
    }

    private static (string? Id, string Close, int Length)? Opens(string input, int at)
    {
        if (Has(input, at, "[|"))
            return (null, "|]", 2);
        if (!Has(input, at, "{|"))
            return null;
        var end = at + 2;
        while (end < input.Length && (char.IsAsciiLetterOrDigit(input[end]) || input[end] is '#' or '_'))
            end++;
        return end > at + 2 && end < input.Length && input[end] == ':' ? (input[(at + 2)..end], "|}", end + 1 - at) : null;
    }

    private static bool Has(string input, int at, string what) => string.CompareOrdinal(input, at, what, 0, what.Length) == 0;
}
