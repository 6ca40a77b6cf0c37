namespace Threadwise.Analyzers.Knowledge;

/// <summary>Rows by documentation-comment id, in layers: what a user says stands over what ships with the package.</summary>
/// <remarks>A row about one overload stands over the rows about all of them (<c>M:T.Name*</c>). What stands over something replaces it effect by effect,
/// and all of it where it says <see cref="Effect.Nothing"/>.</remarks>
internal sealed class Table
{
    private readonly Dictionary<string, ImmutableArray<Fact>> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _names = new(StringComparer.Ordinal);
    private readonly Table? _under;

    private Table(Table? under, IEnumerable<Fact> facts)
    {
        _under = under;
        foreach (var fact in facts)
            Add(fact);
    }

    /// <summary>The rows that ship with the package.</summary>
    public static Table BuiltIn { get; } = new(under: null, BuiltInLines().Select(line => Row.Read(line.Text, out _)).OfType<Fact>());

    /// <summary>False when no row can be about a member or type of this simple name; spares building its id.</summary>
    public bool MayKnow(string name) => _names.ContainsKey(name) || _under?.MayKnow(name) == true;

    /// <summary>Nor about a member of this name in a type of that.</summary>
    public bool MayKnow(string type, string name) => _names.TryGetValue(name, out var types) && types.Contains(type) || _under?.MayKnow(type, name) == true;

    /// <summary>The words that show a use of what the rows are about.</summary>
    public Words Words => field ??= new(this);

    /// <summary>The simple names of the types that are in memory.</summary>
    public HashSet<string> InMemory => field ??= new(TypesOf(static fact => fact.Effect == Effect.Memory).Select(SimpleName), StringComparer.Ordinal);

    public IEnumerable<Fact> RowsOf(Func<Fact, bool> rows) => All().Where(rows);

    /// <summary>The simple names of the members that such rows are about.</summary>
    public IEnumerable<string> NamesOf(Func<Fact, bool> rows) => RowsOf(rows).Select(fact => SimpleName(fact.Id)).Where(IsWord);

    /// <summary>It can stand in source: not a constructor, nor the nothing that an id which ends in a dot is about.</summary>
    public static bool IsWord(string name) => name.Length > 0 && name[0] != '.';

    /// <summary>The ids of the types that such rows are about.</summary>
    public IEnumerable<string> TypesOf(Func<Fact, bool> rows) => RowsOf(rows).Select(fact => fact.Id).Where(id => id[0] == 'T');

    private IEnumerable<Fact> All() => _rows.Values.SelectMany(facts => facts).Concat(_under?.All() ?? Enumerable.Empty<Fact>());

    public ImmutableArray<Fact> Rows(string id)
    {
        var rows = _rows.TryGetValue(id, out var exact) ? exact : ImmutableArray<Fact>.Empty;
        if (_rows.TryGetValue(AllOverloads(id), out var all))
            rows = Over(rows, all);
        return _under is null ? rows : Over(rows, _under.Rows(id));
    }

    private static ImmutableArray<Fact> Over(ImmutableArray<Fact> upper, ImmutableArray<Fact> lower) =>
        upper.IsEmpty ? lower
        : lower.IsEmpty || upper.Any(static fact => fact.Effect == Effect.Nothing) ? upper
        : upper.AddRange(lower.Where(fact => !upper.Any(above => above.Effect == fact.Effect)));

    /// <summary>These rows under <paramref name="facts"/>, of which a later one replaces an earlier one about the same id and effect.</summary>
    public Table With(IEnumerable<Fact> facts) => new(this, facts);

    private void Add(Fact fact)
    {
        var rows = _rows.TryGetValue(fact.Id, out var seen) ? seen.RemoveAll(row => row.Effect == fact.Effect) : ImmutableArray<Fact>.Empty;
        _rows[fact.Id] = rows.Add(fact);
        var name = SimpleName(fact.Id);
        if (!_names.TryGetValue(name, out var types))
            _names[name] = types = new(StringComparer.Ordinal);
        types.Add(fact.TypeName);
    }

    /// <summary>Every line of the shipped tables, with its file and number.</summary>
    public static IEnumerable<(string File, int Line, string Text)> BuiltInLines()
    {
        var assembly = typeof(Table).Assembly;
        foreach (var file in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".txt", StringComparison.Ordinal))
            .OrderBy(name => name, StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(file)!);
            for (var number = 1; reader.ReadLine() is { } line; number++)
                yield return (file, number, line);
        }
    }

    /// <summary><c>M:N.T.M``1(System.Int32)</c> becomes <c>M:N.T.M*</c>.</summary>
    private static string AllOverloads(string id)
    {
        var end = id.IndexOf('(');
        if (end < 0)
            end = id.Length;
        var generic = id.IndexOf("``", StringComparison.Ordinal);
        return id.Substring(0, generic >= 0 && generic < end ? generic : end) + "*";
    }

    /// <summary>The name a symbol of this id has, without the interface of an explicit implementation.</summary>
    public static string SimpleName(string id)
    {
        var end = id.IndexOf('(') is >= 0 and var open ? open : id.Length;
        var name = id.Substring(2, end - 2).TrimEnd('*');
        name = name.Substring(name.LastIndexOf('.') + 1);
        name = name.IndexOf('`') is >= 0 and var arity ? name.Substring(0, arity) : name;
        return name is "#ctor" or "#cctor" ? "." + name.Substring(1) : name.Substring(name.LastIndexOf('#') + 1);
    }
}
