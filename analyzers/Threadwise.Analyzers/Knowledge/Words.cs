namespace Threadwise.Analyzers.Knowledge;

/// <summary>The words by which code shows that it uses what rows are about. The same for every compilation with the same table, so collected once.</summary>
internal sealed class Words
{
    private readonly HashSet<string> _shipped = new(Table.BuiltIn.NamesOf(static _ => true), StringComparer.Ordinal);

    public Words(Table table)
    {
        Starting = ImmutableArray.CreateRange(table.RowsOf(IsStart).SelectMany(StartsOf).Distinct());
        Beginning = ImmutableArray.CreateRange(table.RowsOf(static fact => fact is { Effect: Effect.Starts, IsEvent: false, Kind: not "request" }).SelectMany(StartsOf)
            .Select(static word => word.Name).Distinct());
        Requesting = ImmutableArray.CreateRange(table.RowsOf(static fact => fact is { Effect: Effect.Starts, Kind: "request" }).SelectMany(StartsOf).Distinct());
        Forking = ImmutableArray.CreateRange(Forks(table));
        Sharing = Forking
            // Tasks are named wherever there is async code.
            .AddRange(Simple(table.TypesOf(static fact => fact.Effect == Effect.Synchronizes)).Where(static type => type != nameof(Task)))
            .AddRange(table.RowsOf(static fact => fact.Effect == Effect.Step).Select(static fact => fact.TypeName).Distinct())
            // The console is named wherever anything is printed.
            .AddRange(table.RowsOf(static fact => fact is { Effect: Effect.Starts, IsEvent: true } && fact.TypeName != nameof(Console))
            .Select(static fact => fact.TypeName))
            .AddRange(Shapes.SharingWords);
        Inheriting = ImmutableArray.CreateRange(table.RowsOf(static fact => fact.Effect == Effect.Concurrent || fact is { Effect: Effect.Confined, Kind: "request" })
            .Select(static fact => fact.TypeName));
        Stepping = ImmutableArray.CreateRange(table.RowsOf(static fact => fact.Effect is Effect.Step or Effect.Atomic).Select(static fact => fact.TypeName)
            .Concat(table.TypesOf(static fact => fact.Effect == Effect.Immutable && fact.Id.Contains("Immutable")).Select(Table.SimpleName)).Append("volatile")
            .Append(Shapes.LazyMode).Distinct());
        Keeping = ImmutableArray.CreateRange(Simple(table.TypesOf(static fact => fact.Effect is Effect.Synchronizes or Effect.Lock or Effect.Signal)));
        Combining = Uses(table.NamesOf(static fact => fact.Effect == Effect.Combines));
        Registering = Uses(table.NamesOf(static fact => fact.Effect == Effect.Shares));
        Pipes = Uses(table.NamesOf(static fact => fact.Effect == Effect.Pipes));
        Serving = ImmutableArray.CreateRange(table.RowsOf(static fact => fact.Effect == Effect.Serves).Select(static fact => fact.TypeName).Append(Shapes.News));
        Waiting = Uses(table.NamesOf(static fact => fact.Effect == Effect.Waits));
        WaitingTypes = ImmutableArray.CreateRange(table.RowsOf(static fact => fact.Effect == Effect.Waits).Select(static fact => fact.TypeName));
        LockTypes = ImmutableArray.CreateRange(table.TypesOf(static fact => fact.Effect == Effect.Lock));
        Locking = WithTypes(table, IsLock);
        Blocking = WithTypes(table, IsBlock);
        StaticTypes = new(table.RowsOf(static fact => IsLock(fact) || IsBlock(fact) || fact.Effect == Effect.Waits)
            .Select(static fact => fact.TypeName), StringComparer.Ordinal) { "MethodImplOptions" };
    }

    /// <summary>Waits for a pulse, if its type is named too.</summary>
    public ImmutableArray<string> Waiting { get; }

    /// <summary>The types of <see cref="Waiting"/>.</summary>
    public ImmutableArray<string> WaitingTypes { get; }

    /// <summary>Starts work on another thread, or creates what does, where the type is known.</summary>
    public ImmutableArray<Word> Starting { get; }

    /// <summary>Starts work on other threads, once or often, whether it waits for it or not.</summary>
    public ImmutableArray<string> Beginning { get; }

    /// <summary>Has requests handled, where the type is known.</summary>
    public ImmutableArray<Word> Requesting { get; }

    /// <summary>The types whose heirs are called by several threads, or live as long as a request; to use one of them says nothing.</summary>
    public ImmutableArray<string> Inheriting { get; }

    /// <summary>Starts work on many threads and waits for it.</summary>
    public ImmutableArray<string> Forking { get; }

    /// <summary>State may be shared with other threads here: work is started, or what keeps state safe is named.</summary>
    public ImmutableArray<string> Sharing { get; }

    /// <summary>State is changed in single steps here: the types of variables and containers of which each step is whole, and what changes them.</summary>
    public ImmutableArray<string> Stepping { get; }

    /// <summary>The types of which whoever keeps one coordinates threads.</summary>
    public ImmutableArray<string> Keeping { get; }

    /// <summary>Makes one task of several.</summary>
    public ImmutableArray<string> Combining { get; }

    /// <summary>Makes one object of a type everybody's.</summary>
    public ImmutableArray<string> Registering { get; }

    public ImmutableArray<string> Pipes { get; }

    /// <summary>The types by which frameworks and events call.</summary>
    public ImmutableArray<string> Serving { get; }

    /// <summary>The ids of the types that are locks.</summary>
    public ImmutableArray<string> LockTypes { get; }

    /// <summary>What takes or gives back a lock.</summary>
    public ImmutableArray<Word> Locking { get; }

    /// <summary>What stops the thread.</summary>
    public ImmutableArray<Word> Blocking { get; }

    /// <summary>The simple names of types whose members, used without them, are not seen by any of these words.</summary>
    public HashSet<string> StaticTypes { get; }

    /// <summary>As uses are written: a user's own members are used without a receiver too.</summary>
    public string Use(string name) => _shipped.Contains(name) ? "." + name : name;

    private static IEnumerable<string> Simple(IEnumerable<string> types) => types.Select(Table.SimpleName).Distinct();

    private ImmutableArray<string> Uses(IEnumerable<string> names) => ImmutableArray.CreateRange(names.Select(Use));

    private static ImmutableArray<Word> WithTypes(Table table, Func<Fact, bool> rows) => ImmutableArray.CreateRange(table.RowsOf(rows)
        .Select(static fact => new Word((fact.IsStatic ? fact.TypeName + "." : "") + Table.SimpleName(fact.Id), Table.BuiltIn.Rows(fact.Id).IsEmpty
            || fact.RootName == "System" && !fact.Id.Contains(".Windows.")
                ? null
                : Ids.TypeId(fact.Id), fact.Effect != Effect.Releases && (fact.Effect != Effect.Blocks || Waits(fact))))
        .Where(static word => Table.IsWord(word.Name.Substring(word.Name.IndexOf('.') + 1)))
        .Distinct());

    /// <summary>A static use names the type; an extension is told by its name, unless other members have it too.</summary>
    private static IEnumerable<string> Forks(Table table)
    {
        var forks = table.RowsOf(static fact => fact is { Effect: Effect.Starts, Many: true, Joins: true }).ToList();
        var others = new HashSet<string>(table.NamesOf(fact => !forks.Contains(fact)), StringComparer.Ordinal);
        return forks.Select(static fact => fact.TypeName)
            .Concat(forks.Select(static fact => Table.SimpleName(fact.Id)).Where(name => !others.Contains(name)).Select(static name => "." + name));
    }

    private static bool IsLock(Fact fact) => fact.Effect is Effect.Acquires or Effect.Tries or Effect.Releases;

    private static bool IsBlock(Fact fact) => fact is { Effect: Effect.Blocks, Kind: not "callback" };

    /// <summary>Names that mean other things as well, as those that add, take and join, are no sign of a wait.</summary>
    private static bool Waits(Fact fact) => fact.Kind is "wait" or "sleep" or "process" || fact.TypeName.Contains("Wait") || Table.SimpleName(fact.Id).Contains("Wait");

    /// <summary>Those that start many and wait for them have words of their own.</summary>
    private static bool IsStart(Fact fact) => fact.Effect == Effect.Starts && !fact.Many;

    /// <summary>A method where it is called or handed on: there are properties of the same names.</summary>
    private IEnumerable<Word> StartsOf(Fact fact)
    {
        var name = fact.IsConstructor ? Creation(fact.TypeName) : Use(Table.SimpleName(fact.Id));
        var written = name[0] == '.' && fact.Id[0] == 'M' ? new[] { name + "(", name + ")" } : [name];
        return written.Select(word => new Word(word, Ids.TypeId(fact.Id), Takes: false));
    }

    /// <summary>Tasks are named everywhere; one that is created and not run is started later.</summary>
    private static string Creation(string type) => type == nameof(Task) ? "." + nameof(Task.Start) : type;
}

/// <summary>The name of a member that a row is about.</summary>
/// <param name="Type">The id of the type without which it means nothing; null for what the base library has everywhere, and for what a user's row says.</param>
/// <param name="Takes">Takes a lock rather than gives one back, or surely waits.</param>
internal sealed record Word(string Name, string? Type, bool Takes);
