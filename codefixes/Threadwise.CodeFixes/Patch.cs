namespace Threadwise.CodeFixes;

/// <summary>What one fix writes into a document. It never overwrites a comment or a directive: then it is not safe, and is not offered.</summary>
/// <param name="extent">The code the fix is about. Patches may lie inside one another, or apart.</param>
/// <param name="alone">No other patch may lie inside this one or around it.</param>
internal sealed class Patch(SyntaxNode root, TextSpan extent, bool alone)
{
    private readonly List<Write> _writes = [];
    private readonly List<(TextSpan Lines, string By)> _indented = [];
    private bool _keepsComments = true;

    public TextSpan Extent => extent;

    public IReadOnlyList<Write> Writes => _writes;

    public IReadOnlyList<(TextSpan Lines, string By)> Indented => _indented;

    public bool IsSafe => _keepsComments && IsApart();

    /// <summary>Writes before the code that starts here.</summary>
    public Patch Before(int position, string text) => Add(new TextSpan(position, 0), text, Place.Before);

    /// <summary>Writes after the code that ends here.</summary>
    public Patch After(int position, string text) => Add(new TextSpan(position, 0), text, Place.After);

    /// <summary>Writes the same, a declaration that other patches of this extent may need as well, and that is then written once.</summary>
    public Patch Declare(int position, string text) => Add(new TextSpan(position, 0), text, Place.Declaration);

    public Patch Replace(TextSpan span, string text)
    {
        _keepsComments &= !root.DescendantTrivia(span).Any(trivia => trivia.Span.OverlapsWith(span) && !Layout.IsBlank(trivia));
        return Add(span, text, Place.Instead);
    }

    /// <summary>Takes away what the patch writes elsewhere, with its comments.</summary>
    public Patch Drop(TextSpan span) => Add(span, "", Place.Instead);

    /// <summary>Replaces tokens together with the white space between them; comments between them stay, after the text.</summary>
    public Patch Replace(SyntaxToken first, SyntaxToken last, string text)
    {
        var span = TextSpan.FromBounds(first.SpanStart, last.Span.End);
        if (root.DescendantTrivia(span).All(trivia => !trivia.Span.OverlapsWith(span) || Layout.IsBlank(trivia)))
            return Replace(span, text);
        Replace(first.Span, text);
        foreach (var token in root.DescendantTokens(span).Where(token => token != first && span.Contains(token.Span)))
            Replace(token.Span, "");
        return this;
    }

    /// <summary>The same, together with the blank space after the token before.</summary>
    public Patch Replace(SyntaxToken before, SyntaxToken first, SyntaxToken last, string text)
    {
        var span = TextSpan.FromBounds(before.Span.End, first.SpanStart);
        return span.IsEmpty ? Replace(first, last, text) : Replace(span, "").Replace(first, last, text);
    }

    /// <summary>Moves the lines that start within the span further in.</summary>
    public Patch Indent(TextSpan lines, string by)
    {
        _indented.Add((lines, by));
        return this;
    }

    /// <summary>Takes over what another patch writes inside this one; false if that is not safe.</summary>
    public bool With(Patch inner)
    {
        _writes.AddRange(inner._writes);
        _indented.AddRange(inner._indented);
        return _keepsComments &= inner._keepsComments;
    }

    public bool Is(Patch other) => extent == other.Extent && _writes.SequenceEqual(other._writes);

    public bool AgreesWith(Patch other) =>
        !extent.OverlapsWith(other.Extent)
        || (!alone && !other.IsAlone && (extent.Contains(other.Extent) || other.Extent.Contains(extent))
            && !_writes.Any(write => other._writes.Any(written => Clash(write.Span, written.Span))));

    private bool IsAlone => alone;

    /// <summary>Nothing can be written in the midst of what is replaced.</summary>
    private static bool Clash(TextSpan one, TextSpan other) =>
        one.OverlapsWith(other) || other.Start < one.Start && one.End < other.End || one.Start < other.Start && other.End < one.End;

    /// <summary>No write hits another one of the same patch.</summary>
    private bool IsApart()
    {
        var end = 0;
        foreach (var write in _writes.Distinct().OrderBy(static write => write.Span))
            if (write.Span.Start < end)
                return false;
            else
                end = write.Span.End;
        return true;
    }

    private Patch Add(TextSpan span, string text, Place place)
    {
        _writes.Add(new Write(span, text, place, extent));
        return this;
    }

    /// <summary>Where text goes among other text written at the same position; in this order.</summary>
    internal enum Place { After, Declaration, Indentation, Before, Instead }

    /// <param name="Extent">The code it was written for: what is written for code around that stands outside.</param>
    internal readonly record struct Write(TextSpan Span, string Text, Place Place, TextSpan Extent);
}
