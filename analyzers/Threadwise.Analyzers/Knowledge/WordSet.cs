namespace Threadwise.Analyzers.Knowledge;

/// <summary>Words to look for in text. Each must be there as it is, to its end; one that begins with a dot stands behind one.</summary>
internal sealed class WordSet
{
    private readonly HashSet<string> _words;
    private readonly ImmutableArray<string> _beginnings;

    public WordSet(IEnumerable<string> words)
    {
        _words = new(words, StringComparer.Ordinal);
        _beginnings = Shortest(_words);
    }

    public bool IsIn(string text)
    {
        foreach (var beginning in _beginnings)
            for (var at = Next(text, beginning, 0); at >= 0; at = Next(text, beginning, at + 1))
                if (_words.Contains(WordAt(text, at, beginning.Length)))
                    return true;
        return false;
    }

    private static int Next(string text, string beginning, int from) => text.IndexOf(beginning, from, StringComparison.Ordinal);

    private static string WordAt(string text, int at, int length)
    {
        var end = at + length;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
            end++;
        return text.Substring(at, end - at);
    }

    /// <summary>Without those that begin like another, which is looked for anyway.</summary>
    private static ImmutableArray<string> Shortest(IEnumerable<string> words)
    {
        var shortest = ImmutableArray.CreateBuilder<string>();
        foreach (var word in words.OrderBy(word => word, StringComparer.Ordinal))
            if (shortest.Count == 0 || !word.StartsWith(shortest[shortest.Count - 1], StringComparison.Ordinal))
                shortest.Add(word);
        return shortest.ToImmutable();
    }
}
