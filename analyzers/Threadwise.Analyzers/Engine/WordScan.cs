using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Goes through the words of a text, once.</summary>
/// <remarks>
/// Every word counts as such, and behind a dot with its dot as well, and with what is before the dot (<c>File.Copy</c>); as what is called or created where arguments follow, in round brackets, pointed ones or braces (<c>Load(</c>), and as what may be handed on
/// where nothing follows but the end of something (<c>Load)</c>). Besides, what takes two words to tell: <see cref="StaticUsing"/>, and words that end as the members do that take an asynchronous lock, by that end.
/// An <c>await using</c> is no <c>using</c>, since it ends by another member. Lines of comments have no words.
/// </remarks>
internal sealed class WordScan(string text)
{
    public const char Called = '(', HandedOn = ')';
    public const string Lock = "lock(", StaticUsing = "using static";

    private static readonly int Using = WordSet.Hash("using"), Await = WordSet.Hash("await"), Static = WordSet.Hash("static"), UsingStatic = WordSet.Hash(StaticUsing), NameEnd = WordSet.Hash(Shapes.NameEnd);

    private static readonly ImmutableArray<int> s_namesakes = ImmutableArray.CreateRange(Shapes.Namesakes, WordSet.Hash);

    private readonly HashSet<int> _words = new();
    private int _before;

    /// <summary>The hashes of the words between two positions.</summary>
    public ImmutableArray<int> Words(int start, int end)
    {
        _words.Clear();
        _before = 0;
        for (var at = start; at < end; at++)
        {
            if (!IsPart(text[at]))
            {
                if (text[at] == '/' && BeginsComment(at))
                    at = text.IndexOf('\n', at, end - at) is >= 0 and var behind ? behind : end;
                continue;
            }

            var (from, hash, scale) = (at, 0, 1);
            for (; at < end && IsPart(text[at]); at++, scale *= 31)
                hash = hash * 31 + text[at];
            if (from > 0 && text[from - 1] == '.')
                NoteMember(hash, scale, at);
            Note(hash, from, at);
        }

        return ImmutableArray.CreateRange(_words);
    }

    private void NoteMember(int hash, int scale, int end)
    {
        _words.Add((_before * 31 + '.') * scale + hash);
        if (s_namesakes.Contains(_before))
            return;
        var member = '.' * scale + hash;
        _words.Add(member);
        if (UseAt(end) is { } use)
            _words.Add(member * 31 + use);
    }

    private void Note(int hash, int from, int end)
    {
        if (UseAt(end) is { } use)
            _words.Add(hash * 31 + use);
        if (hash == Static && _before == Using)
            _words.Add(UsingStatic);
        else if (text[end - 1] == 'c' && end - from > Shapes.NameEnd.Length
            && string.CompareOrdinal(text, end - Shapes.NameEnd.Length, Shapes.NameEnd, 0, Shapes.NameEnd.Length) == 0)
            _words.Add(NameEnd);
        if (hash != Using || _before != Await)
            _words.Add(hash);
        _before = hash;
    }

    /// <summary>A line that is a comment as a whole; behind code, two slashes may stand in a string.</summary>
    private bool BeginsComment(int at)
    {
        if (at + 1 == text.Length || text[at + 1] != '/')
            return false;
        while (--at >= 0 && text[at] is ' ' or '\t')
            ;
        return at < 0 || text[at] is '\n' or '\r';
    }

    private char? UseAt(int end)
    {
        while (end < text.Length && char.IsWhiteSpace(text[end]))
            end++;
        return end == text.Length ? null : text[end] switch
        {
            '(' or '<' or '{' => Called,
            ')' or ',' or ';' or '}' => HandedOn,
            _ => null,
        };
    }

    private static bool IsPart(char letter) =>
        letter is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_' || letter > '\x7F' && char.IsLetterOrDigit(letter);
}
