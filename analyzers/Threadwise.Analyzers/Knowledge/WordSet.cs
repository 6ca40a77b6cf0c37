namespace Threadwise.Analyzers.Knowledge;

/// <summary>Words to look for in text, in one pass however many they are. One that begins with a dot stands behind one.</summary>
internal sealed class WordSet
{
    private const int Bits = 1 << 14;

    private readonly HashSet<string> _words;
    private readonly HashSet<int> _hashes;

    /// <summary>By the last bits of the hash: nearly all words of a text are told from these without a look into a table.</summary>
    private readonly bool[] _mayBe = new bool[Bits];

    public WordSet(IEnumerable<string> words)
    {
        _words = new(words, StringComparer.Ordinal);
        _hashes = new(_words.Select(static word => Hash(word[0] == '.' ? word.Substring(1) : word)));
        foreach (var hash in _hashes)
            _mayBe[hash & (Bits - 1)] = true;
    }

    public bool IsEmpty => _words.Count == 0;

    public bool IsIn(string text) => IsIn(text, 0, text.Length);

    public bool IsIn(string text, int start, int end)
    {
        for (var at = start; Next(text, ref at, end, out var from, out var hash);)
            if (_mayBe[hash & (Bits - 1)] && _hashes.Contains(hash) && Contains(text, from, at))
                return true;
        return false;
    }

    /// <summary>Some word without a dot has this <see cref="Hash"/>.</summary>
    public bool MayContain(int hash) => _mayBe[hash & (Bits - 1)] && _hashes.Contains(hash);

    /// <summary>The next word of a text, if there is one before the end.</summary>
    public static bool Next(string text, ref int at, int end, out int from, out int hash)
    {
        while (at < end && !IsPart(text[at]))
            at++;
        (from, hash) = (at, 0);
        for (; at < end && IsPart(text[at]); at++)
            hash = hash * 31 + text[at];
        return at > from;
    }

    public static int Hash(string word)
    {
        var hash = 0;
        foreach (var letter in word)
            hash = hash * 31 + letter;
        return hash;
    }

    private static bool IsPart(char letter) =>
        letter is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_' || letter > '\x7F' && char.IsLetterOrDigit(letter);

    private bool Contains(string text, int from, int end) =>
        _words.Contains(text.Substring(from, end - from)) || from > 0 && text[from - 1] == '.' && _words.Contains(text.Substring(from - 1, end - from + 1));
}
