namespace Threadwise.Analyzers.Knowledge;

/// <summary>Rows by documentation-comment id. A row for all overloads is found by the id up to its parameters.</summary>
internal sealed class Table
{
    private readonly Dictionary<string, ImmutableArray<Fact>> _rows = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>The rows that ship with the package.</summary>
    public static Table BuiltIn { get; } = ReadBuiltIn();

    /// <summary>False when no row can be about a member or type of this simple name; spares building its id.</summary>
    public bool MayKnow(string name) => _names.Contains(name);

    public ImmutableArray<Fact> Rows(string id)
    {
        if (_rows.TryGetValue(id, out var exact))
            return exact;
        return _rows.TryGetValue(AllOverloads(id), out var all) ? all : ImmutableArray<Fact>.Empty;
    }

    /// <summary>These rows and more; a later row about the same id and effect replaces the earlier one.</summary>
    public Table With(IEnumerable<Fact> facts)
    {
        var table = new Table();
        foreach (var row in _rows)
            table._rows[row.Key] = row.Value;
        table._names.UnionWith(_names);
        foreach (var fact in facts)
            table.Add(fact);
        return table;
    }

    private void Add(Fact fact)
    {
        var rows = _rows.TryGetValue(fact.Id, out var seen) ? seen.RemoveAll(row => row.Effect == fact.Effect) : ImmutableArray<Fact>.Empty;
        _rows[fact.Id] = rows.Add(fact);
        _names.Add(SimpleName(fact.Id));
    }

    private static Table ReadBuiltIn()
    {
        var table = new Table();
        foreach (var (_, _, line) in BuiltInLines())
            if (Row.Read(line, out _) is { } fact)
                table.Add(fact);
        return table;
    }

    /// <summary>Every line of the shipped tables, with its file and number.</summary>
    public static IEnumerable<(string File, int Line, string Text)> BuiltInLines()
    {
        var assembly = typeof(Table).Assembly;
        foreach (var file in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".txt", StringComparison.Ordinal)).OrderBy(name => name, StringComparer.Ordinal))
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

    private static string SimpleName(string id)
    {
        var end = id.IndexOf('(') is >= 0 and var open ? open : id.Length;
        var name = id.Substring(2, end - 2).TrimEnd('*');
        name = name.Substring(name.LastIndexOf('.') + 1);
        return name.IndexOf('`') is >= 0 and var arity ? name.Substring(0, arity) : name == "#ctor" ? ".ctor" : name;
    }
}
