using System.Text;

namespace Threadwise.CodeFixes;

/// <summary>A document's text with several patches written into it at once.</summary>
internal static class PatchedText
{
    public static SourceText Of(Source source, IReadOnlyList<Patch> patches)
    {
        var (text, declared) = (source.Text, new HashSet<Patch.Write>());
        var writes = patches
            .SelectMany(patch => patch.Writes.Select(write => Indented(write, patch, patches)))
            .Concat(Indentation(source.Root, text, patches))
            .Where(write => write.Place != Patch.Place.Declaration || declared.Add(write))
            .OrderBy(write => write.Span.Start)
            .ThenBy(write => write.Place)
            .ThenBy(write => write.Place == Patch.Place.After ? write.Extent.Length : -write.Extent.Length);

        var changed = new StringBuilder(text.Length + 256);
        var position = 0;
        foreach (var write in writes)
        {
            changed.Append(text.ToString(TextSpan.FromBounds(position, write.Span.Start))).Append(write.Text);
            position = write.Span.End;
        }

        changed.Append(text.ToString(TextSpan.FromBounds(position, text.Length)));
        return SourceText.From(changed.ToString(), text.Encoding, text.ChecksumAlgorithm);
    }

    /// <summary>New lines written inside code that another patch indents are indented as well.</summary>
    private static Patch.Write Indented(Patch.Write write, Patch patch, IReadOnlyList<Patch> patches)
    {
        var by = string.Concat(patches
            .Where(outer => outer != patch && outer.Extent != patch.Extent && outer.Extent.Contains(patch.Extent))
            .SelectMany(outer => outer.Indented)
            .Where(region => region.Lines.Start < write.Span.Start && write.Span.Start <= region.Lines.End)
            .Select(region => region.By));
        return by.Length == 0 ? write : write with { Text = write.Text.Replace("\n", "\n" + by) };
    }

    private static IEnumerable<Patch.Write> Indentation(SyntaxNode root, SourceText text, IReadOnlyList<Patch> patches) =>
        from patch in patches
        from region in patch.Indented
        from line in text.Lines.SkipWhile(line => line.Start <= region.Lines.Start).TakeWhile(line => line.Start < region.Lines.End)
        where MayIndent(root, text, line)
        select new Patch.Write(new TextSpan(line.Start, 0), region.By, Patch.Place.Indentation, patch.Extent);

    /// <summary>Not blank lines, directives, disabled code, or lines that begin inside a literal or a comment.</summary>
    private static bool MayIndent(SyntaxNode root, SourceText text, TextLine line)
    {
        var first = line.Start;
        while (first < line.End && char.IsWhiteSpace(text[first]))
            first++;
        if (first == line.End)
            return false;

        var token = root.FindToken(first);
        if (token.SpanStart < first && first < token.Span.End)
            return false;
        if (token.Parent!.AncestorsAndSelf().Any(node => node is InterpolatedStringExpressionSyntax && node.SpanStart < line.Start && line.Start < node.Span.End))
            return false;
        var trivia = root.FindTrivia(first);
        return trivia.RawKind == 0 || (!trivia.IsDirective && !trivia.IsKind(SyntaxKind.DisabledTextTrivia) && trivia.FullSpan.Start >= line.Start);
    }
}
