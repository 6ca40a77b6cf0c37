namespace Threadwise.Analyzers.Engine;

/// <summary>The members through which async code may come to stop its thread: those with a word for it, those that name them, and so on, as far as async code names them.</summary>
/// <remarks>By names alone, so there are more than really do. What every object has, as <c>ToString</c>, and public properties that heirs in other files use are not followed.</remarks>
internal sealed class StoppingNames
{
    /// <summary>Longer chains of calls are not followed.</summary>
    private const int MaxDepth = 6;

    private readonly HashSet<MemberWords> _members;

    /// <param name="members">Every member, and whether it has such a word.</param>
    public StoppingNames(IEnumerable<(MemberWords Member, bool Stops)> members)
    {
        var all = members.ToList();
        var asynchronous = all.Select(static member => member.Member).Where(static member => member.IsAsync).ToList();
        _members = asynchronous.Count == 0
            ? new()
            : Reached(asynchronous, Closed(all.ConvertAll(static member => member.Member), all.Where(static member => member is { Member.IsAsync: false, Stops: true })
                .Select(static member => member.Member)));
        Names = new(_members);
    }

    public MemberNames Names { get; }

    public bool Contains(MemberWords member) => _members.Contains(member);

    /// <summary>The names of all that come to such a member, whoever they are.</summary>
    public static MemberNames Upwards(IEnumerable<(MemberWords Member, bool Stops)> members)
    {
        var all = members.ToList();
        return new(Closed(all.ConvertAll(static member => member.Member), all.Where(static member => member.Stops).Select(static member => member.Member)).Keys);
    }

    /// <summary>These members, and those that name them, and so on, each with how many calls it is away.</summary>
    private static Dictionary<MemberWords, int> Closed(List<MemberWords> all, IEnumerable<MemberWords> first)
    {
        var closed = first.ToDictionary(static member => member, static _ => 0);
        var names = new MemberNames(closed.Keys);
        for (var depth = 1; depth <= MaxDepth && !names.IsEmpty; depth++)
        {
            var next = all.Where(member => !member.IsAsync && !closed.ContainsKey(member) && names.AreIn(member.Tree, member.Words)).ToList();
            foreach (var member in next)
                closed.Add(member, depth);
            names = new(next);
        }

        return closed;
    }

    /// <summary>Those that async members name, and those that these name, by no more calls in all.</summary>
    private static HashSet<MemberWords> Reached(IEnumerable<MemberWords> asynchronous, Dictionary<MemberWords, int> closed)
    {
        var words = new HashSet<int>();
        var users = new Dictionary<SyntaxTree, List<MemberWords>>();
        var reached = new HashSet<MemberWords>();
        Note(asynchronous);
        for (var depth = 0; depth < MaxDepth; depth++)
        {
            var next = closed.Where(member => depth + member.Value <= MaxDepth && !reached.Contains(member.Key) && IsNamed(member.Key))
                .Select(static member => member.Key).ToList();
            if (next.Count == 0)
                break;
            reached.UnionWith(next);
            Note(next);
        }

        return reached;

        void Note(IEnumerable<MemberWords> next)
        {
            foreach (var user in next)
            {
                words.UnionWith(user.Words);
                (users.TryGetValue(user.Tree, out var here) ? here : users[user.Tree] = new()).Add(user);
            }
        }

        bool IsNamed(MemberWords member)
        {
            foreach (var name in member.Names)
                if (words.Contains(name))
                    return true;
            return !member.NamesHere.IsEmpty && users.TryGetValue(member.Tree, out var here) && here.Any(user => member.NamesHere.Any(name => user.Words.Contains(name)));
        }
    }
}
