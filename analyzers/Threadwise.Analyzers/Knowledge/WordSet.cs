namespace Threadwise.Analyzers.Knowledge;

/// <summary>Words to look for, and what each stands for. Told by their hashes: two words with one hash stand for both.</summary>
/// <remarks>Thread-safe once it is filled.</remarks>
internal sealed class WordSet
{
    private const int Bits = 1 << 14;

    private readonly Dictionary<int, int> _meanings = new();

    /// <summary>By the last bits of the hash: nearly all words are told from these without a look into a table.</summary>
    private readonly ulong[] _mayBe = new ulong[Bits / 64];

    public WordSet()
    {
    }

    public WordSet(IEnumerable<string> words) => Add(words, 1);

    public WordSet(IEnumerable<int> hashes)
    {
        foreach (var hash in hashes)
            Add(hash, 1);
    }

    public bool IsEmpty => _meanings.Count == 0;

    /// <summary>A word that begins with a dot stands behind one.</summary>
    /// <param name="meaning">A flag.</param>
    public void Add(IEnumerable<string> words, int meaning)
    {
        foreach (var word in words)
            Add(Hash(word), meaning);
    }

    private void Add(int hash, int meaning)
    {
        _meanings[hash] = Meaning(hash) | meaning;
        _mayBe[(hash & (Bits - 1)) / 64] |= 1UL << hash;
    }

    /// <summary>What a word of this <see cref="Hash"/> stands for; 0 if for nothing.</summary>
    public int Meaning(int hash) => (_mayBe[(hash & (Bits - 1)) / 64] & 1UL << hash) != 0 && _meanings.TryGetValue(hash, out var meaning) ? meaning : 0;

    /// <summary>What these words stand for together.</summary>
    public int Meaning(ImmutableArray<int> hashes)
    {
        var meaning = 0;
        foreach (var hash in hashes)
            meaning |= Meaning(hash);
        return meaning;
    }

    public bool HasAny(ImmutableArray<int> hashes)
    {
        foreach (var hash in hashes)
            if (Meaning(hash) != 0)
                return true;
        return false;
    }

    public static int Hash(string word)
    {
        var hash = 0;
        foreach (var letter in word)
            hash = hash * 31 + letter;
        return hash;
    }
}
