using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>What the users of several members write.</summary>
internal sealed class MemberNames
{
    private readonly WordSet _anywhere;
    private readonly Dictionary<SyntaxTree, HashSet<int>> _here = new();

    public MemberNames(IReadOnlyCollection<MemberWords> members)
    {
        _anywhere = new(members.SelectMany(static member => member.Names));
        foreach (var member in members)
            foreach (var name in member.NamesHere)
                (_here.TryGetValue(member.Tree, out var here) ? here : _here[member.Tree] = new()).Add(name);
    }

    public bool IsEmpty => _anywhere.IsEmpty && _here.Count == 0;

    /// <summary>Some of these words of a file are among them.</summary>
    public bool AreIn(SyntaxTree tree, ImmutableArray<int> words)
    {
        if (_anywhere.HasAny(words))
            return true;
        if (_here.TryGetValue(tree, out var here))
            foreach (var word in words)
                if (here.Contains(word))
                    return true;
        return false;
    }
}
