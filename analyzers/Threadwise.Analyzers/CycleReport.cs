using System.Globalization;
using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers;

/// <summary>What is said of one leg of a lock cycle: both legs in one line, and every step for machines.</summary>
internal sealed class CycleReport(Cycle cycle, int index, Func<Place, string> nameOf)
{
    private Step Leg => cycle.Legs[index];

    private Step Other => cycle.Legs[(index + 1) % cycle.Legs.Length];

    public Location Where => Leg.Where;

    public IEnumerable<Location> Others => Steps().Select(step => step.Where);

    public ImmutableDictionary<string, string?> Properties => Threadwise.Analyzers.Properties
        .Of(("schema", "1"), ("cycleId", cycle.Id), ("legs", cycle.Legs.Length.ToString(CultureInfo.InvariantCulture)), ("swap", IsSwapped ? "true" : "false"))
        .SetItems(Steps().Select((step, i) => new KeyValuePair<string, string?>("step." + i.ToString(CultureInfo.InvariantCulture), step.Text)));

    /// <summary>Who locks what while holding what; who else does the opposite; and where.</summary>
    public object[] Arguments => new object[]
    {
        Chain(Leg), nameOf(Leg.Wanted.Place), nameOf(Leg.Held.Place),
        cycle.Legs.Length == 2
            ? $"{Chain(Other)} locks '{nameOf(Leg.Held.Place)}' while holding '{nameOf(Leg.Wanted.Place)}'"
            : $"the ring '{string.Join("' → '", cycle.Legs.Select(step => nameOf(step.Held.Place)))}' closes in {Chain(Other)}",
        Threadwise.Analyzers.Properties.Position(Other.Where),
    };

    /// <summary>Of two legs of plain nested statements the later one is turned round; the other stays as it is.</summary>
    private bool IsSwapped =>
        cycle.Legs.Length == 2 && Leg == cycle.Legs
            .Where(leg => leg.Via.IsEmpty)
            .OrderBy(leg => leg.Body.Tree.FilePath, StringComparer.Ordinal).ThenBy(leg => leg.At.Start).LastOrDefault();

    private IEnumerable<(Location Where, string Text)> Steps() =>
        cycle.Legs.SelectMany((_, i) => Steps(cycle.Legs[(index + i) % cycle.Legs.Length]));

    private IEnumerable<(Location Where, string Text)> Steps(Step leg)
    {
        yield return (leg.WhereHeld, $"'{leg.Body.Name}' takes '{nameOf(leg.Held.Place)}'");
        yield return (leg.Where, $"{Chain(leg)} asks for '{nameOf(leg.Wanted.Place)}'");
    }

    public static string Chain(Step leg) => Threadwise.Analyzers.Properties.Chain(leg.Body, leg.Via);
}
