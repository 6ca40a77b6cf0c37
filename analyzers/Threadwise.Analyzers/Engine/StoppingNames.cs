using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>The members through which async code may come to stop its thread: those with a word for it, those that name them, and so on, as far as async code names them.</summary>
/// <remarks>By names alone, so there are more than really do.</remarks>
internal sealed class StoppingNames
{
    /// <summary>Longer chains of calls are not followed.</summary>
    private const int MaxDepth = 6;

    private readonly HashSet<MemberWords> _members;

    /// <param name="members">Every member, and whether it has such a word.</param>
    public StoppingNames(IEnumerable<(MemberWords Member, bool Stops)> members)
    {
        var all = members.ToList();
        var closed = Closed(all.ConvertAll(static member => member.Member), all.Where(static member => member is { Member.IsAsync: false, Stops: true }).Select(static member => member.Member));
        _members = Reached(all.Select(static member => member.Member).Where(member => member.IsAsync || closed.Contains(member)).ToList());
        Names = NamesOf(_members);
    }

    public WordSet Names { get; }

    public bool Contains(MemberWords member) => _members.Contains(member);

    /// <summary>The names of all that come to such a member, whoever they are.</summary>
    public static WordSet Upwards(IEnumerable<(MemberWords Member, bool Stops)> members)
    {
        var all = members.ToList();
        return NamesOf(Closed(all.ConvertAll(static member => member.Member), all.Where(static member => member.Stops).Select(static member => member.Member)));
    }

    /// <summary>These members, and those that name them, and so on.</summary>
    private static HashSet<MemberWords> Closed(List<MemberWords> all, IEnumerable<MemberWords> first)
    {
        var closed = new HashSet<MemberWords>(first);
        var names = NamesOf(closed);
        for (var depth = 0; depth < MaxDepth && !names.IsEmpty; depth++)
        {
            var next = all.Where(member => !member.IsAsync && !closed.Contains(member) && names.HasAny(member.Words)).ToList();
            closed.UnionWith(next);
            names = NamesOf(next);
        }

        return closed;
    }

    /// <summary>Those that async members name, and those that these name.</summary>
    private static HashSet<MemberWords> Reached(List<MemberWords> candidates)
    {
        var words = new HashSet<int>(candidates.Where(static member => member.IsAsync).SelectMany(static member => member.Words));
        var reached = new HashSet<MemberWords>();
        for (var depth = 0; depth < MaxDepth; depth++)
        {
            var next = candidates.Where(member => !member.IsAsync && !reached.Contains(member) && member.Names.Any(name => words.Contains(WordSet.Hash(name)))).ToList();
            if (next.Count == 0)
                break;
            reached.UnionWith(next);
            words.UnionWith(next.SelectMany(static member => member.Words));
        }

        return reached;
    }

    private static WordSet NamesOf(IEnumerable<MemberWords> members) => new(members.SelectMany(static member => member.Names));
}
