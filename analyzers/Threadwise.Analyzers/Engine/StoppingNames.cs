using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>The names of members through which async code may come to stop its thread: those with a word for it, those that name them, and so on, as far as async code names them.</summary>
/// <remarks>By names alone, so there are more than really do.</remarks>
internal static class StoppingNames
{
    /// <summary>Longer chains of calls are not followed.</summary>
    private const int MaxDepth = 6;

    /// <summary>The parts of the language that call members without naming them.</summary>
    private static readonly ImmutableArray<(string Member, string Word)> Implied = ImmutableArray.Create((Shapes.Disposal, "using"), (Shapes.Enumeration, "foreach"), ("MoveNext", "foreach"));

    /// <param name="members">Every member, and whether it has such a word.</param>
    public static WordSet Of(IEnumerable<(MemberWords Member, bool Stops)> members)
    {
        var all = members.ToList();
        if (!all.Any(static member => member.Member.IsAsync))
            return new(ImmutableArray<string>.Empty);
        var closed = Closed(all.Select(static member => member.Member).ToList(), all.Where(static member => member is { Member.IsAsync: false, Stops: true }).Select(static member => member.Member));
        return Reached(all.Select(static member => member.Member).Where(member => member.IsAsync || closed.Contains(member)).ToList());
    }

    /// <summary>The names of all that come to such a member, whoever they are.</summary>
    public static WordSet Upwards(IEnumerable<(MemberWords Member, bool Stops)> members)
    {
        var all = members.ToList();
        return Names(Closed(all.ConvertAll(static member => member.Member), all.Where(static member => member.Stops).Select(static member => member.Member)));
    }

    /// <summary>These members, and those that name them, and so on.</summary>
    private static HashSet<MemberWords> Closed(List<MemberWords> all, IEnumerable<MemberWords> first)
    {
        var closed = new HashSet<MemberWords>(first);
        var names = Names(closed);
        for (var depth = 0; depth < MaxDepth && !names.IsEmpty; depth++)
        {
            var next = all.Where(member => !member.IsAsync && !closed.Contains(member) && names.HasAny(member.Words)).ToList();
            closed.UnionWith(next);
            names = Names(next);
        }

        return closed;
    }

    /// <summary>The names of those that async members name, and of those that these name.</summary>
    private static WordSet Reached(List<MemberWords> candidates)
    {
        var words = new HashSet<int>(candidates.Where(static member => member.IsAsync).SelectMany(static member => member.Words));
        var reached = new HashSet<MemberWords>();
        for (var depth = 0; depth < MaxDepth; depth++)
        {
            var next = candidates.Where(member => !member.IsAsync && !reached.Contains(member) && Words(member.Name).Any(word => words.Contains(WordSet.Hash(word)))).ToList();
            if (next.Count == 0)
                break;
            reached.UnionWith(next);
            words.UnionWith(next.SelectMany(static member => member.Words));
        }

        return Names(reached);
    }

    private static WordSet Names(IEnumerable<MemberWords> members) => new(members.Select(static member => member.Name).Distinct().SelectMany(Words));

    private static IEnumerable<string> Words(string name) =>
        name.Length == 0 ? Enumerable.Empty<string>() : Implied.Where(implied => implied.Member == name).Select(static implied => implied.Word).Prepend(name);
}
