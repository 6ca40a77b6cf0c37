namespace Threadwise.Analyzers.Knowledge;

/// <summary>The words by which a file shows that it uses what rows are about. The same for every compilation with the same table, so collected once.</summary>
internal sealed class Words
{
    private readonly HashSet<string> _shipped = new(Table.BuiltIn.NamesOf(static _ => true), StringComparer.Ordinal);

    public Words(Table table)
    {
        Waiting = ImmutableArray.CreateRange(table.UsesOf(static fact => fact.Effect == Effect.Waits));
        Blocking = ImmutableArray.CreateRange(table.NamesOf(static fact => fact is { Effect: Effect.Blocks, Kind: "wait" or "sleep" }).Select(Use));
        Starting = ImmutableArray.CreateRange(table.NamesOf(IsStart).Select(Use).Concat(table.UsesOf(IsStart).Where(static use => use[use.Length - 1] == '(')));
        Pipes = ImmutableArray.CreateRange(table.NamesOf(static fact => fact.Effect == Effect.Pipes).Select(Use));
        LockTypes = ImmutableArray.CreateRange(table.TypesOf(static fact => fact.Effect == Effect.Lock));
        Locking = ByRoot(table, static fact => fact.Effect is Effect.Acquires or Effect.Tries or Effect.Releases);
    }

    /// <summary>Waits for a pulse, as static uses are written.</summary>
    public ImmutableArray<string> Waiting { get; }

    public ImmutableArray<string> Blocking { get; }

    /// <summary>Starts work on another thread.</summary>
    public ImmutableArray<string> Starting { get; }

    public ImmutableArray<string> Pipes { get; }

    /// <summary>The ids of the types that are locks.</summary>
    public ImmutableArray<string> LockTypes { get; }

    /// <summary>The names of what takes or gives back a lock, and the outermost namespace each belongs to; none for what a user's row says.</summary>
    public ImmutableArray<(string? Root, string Name, bool Takes)> Locking { get; }

    /// <summary>As uses are written: a user's own members are used without a receiver too.</summary>
    public string Use(string name) => _shipped.Contains(name) ? "." + name : name;

    private static ImmutableArray<(string?, string, bool)> ByRoot(Table table, Func<Fact, bool> rows) => ImmutableArray.CreateRange(table.RowsOf(rows)
        .Select(static fact => (Root: Table.BuiltIn.Rows(fact.Id).IsEmpty ? null : fact.RootName, Name: Table.SimpleName(fact.Id), Takes: fact.Effect != Effect.Releases))
        .Where(static word => Table.IsWord(word.Name))
        .Distinct());

    private static bool IsStart(Fact fact) => fact.Effect == Effect.Starts && (fact.Joins || !fact.Many);
}
