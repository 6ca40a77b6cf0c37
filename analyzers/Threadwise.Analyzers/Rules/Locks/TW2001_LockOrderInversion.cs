using System.Globalization;
using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers.Rules;

/// <summary>Bodies of one type take the same locks in different orders, so that each can wait for what the other holds.</summary>
internal sealed class LockOrderInversion() : Rule(
    id: "TW2001",
    title: "Lock order inversion",
    message: "Deadlock risk: {0} locks '{1}' while holding '{2}', but {3} ({4})",
    description: "Two threads that take the same locks in opposite orders can each get the first and wait for the second for ever. Take them in one order everywhere.")
{
    public override void Look(When when) =>
        when.Types(static type =>
        {
            if (type.Type.HasLocks)
                foreach (var cycle in new LockOrder(type.Type).Cycles())
                    for (var i = 0; i < cycle.Legs.Length; i++)
                        Report(type, cycle, i);
        });

    private static void Report(TypeSite type, Cycle cycle, int index)
    {
        var leg = cycle.Legs[index];
        var other = cycle.Legs[(index + 1) % cycle.Legs.Length];
        var steps = cycle.Legs.SelectMany((_, i) => Steps(cycle.Legs[(index + i) % cycle.Legs.Length])).ToList();
        var properties = Properties.Of(("schema", "1"), ("cycleId", cycle.Id), ("legs", cycle.Legs.Length.ToString(CultureInfo.InvariantCulture)), ("swap", IsSwapped(cycle, index) ? "true" : "false"))
            .SetItems(steps.Select((step, i) => new KeyValuePair<string, string?>("step." + i.ToString(CultureInfo.InvariantCulture), step.Text)));
        var rest = cycle.Legs.Length == 2
            ? $"{Chain(other)} locks '{leg.Held.Place}' while holding '{leg.Wanted.Place}'"
            : $"the ring '{string.Join("' → '", cycle.Legs.Select(step => step.Held.Place))}' closes in {Chain(other)}";
        type.Report(
            TypeSite.At(leg.Body.Tree, leg.At), steps.Select(step => step.Where), properties,
            Chain(leg), leg.Wanted.Place, leg.Held.Place, rest, Properties.Position(TypeSite.At(other.Body.Tree, other.At)));
    }

    /// <summary>Of two legs of plain nested statements the later one is turned round; the other stays as it is.</summary>
    private static bool IsSwapped(Cycle cycle, int index) =>
        cycle.Legs.Length == 2 && cycle.Legs[index] == cycle.Legs
            .Where(leg => leg.Via.IsEmpty)
            .OrderBy(leg => leg.Body.Tree.FilePath, StringComparer.Ordinal).ThenBy(leg => leg.At.Start).LastOrDefault();

    private static IEnumerable<(Location Where, string Text)> Steps(Step leg)
    {
        yield return (TypeSite.At(leg.Body.Tree, leg.Since), $"'{leg.Body.Name}' takes '{leg.Held.Place}'");
        yield return (TypeSite.At(leg.Body.Tree, leg.At), $"{Chain(leg)} asks for '{leg.Wanted.Place}'");
    }

    /// <summary>At most four names; what is in the middle is left out.</summary>
    private static string Chain(Step leg)
    {
        var names = leg.Via.Select(Body.NameOf).Prepend(leg.Body.Name).ToList();
        if (names.Count > 4)
            names = [names[0], names[1], "…", names[names.Count - 1]];
        return "'" + string.Join("' → '", names) + "'";
    }
}
