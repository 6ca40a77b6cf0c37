using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Threadwise.Analyzers.Knowledge;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests.Knowledge;

/// <summary>The tables that ship with the package: well formed, sorted, and true to the frameworks they are about.</summary>
public sealed class Tables
{
    /// <summary>Rows about packages that are not on the build machine are held to the grammar only.</summary>
    private const string NotResolved = "packages.txt";

    private static readonly Dictionary<string, Compilation> Compilations =
        Frameworks.All.ToDictionary(name => name, name => (Compilation)CSharpCompilation.Create(name, references: Frameworks.References(name)));

    private static readonly (string File, int Line, Fact Fact)[] Rows =
        [.. from line in Table.BuiltInLines() let fact = Row.Read(line.Text, out _) where fact is not null select (line.File, line.Line, fact)];

    public static TheoryData<string> Files => [.. Table.BuiltInLines().Select(line => line.File).Distinct()];

    [Fact]
    public void Every_line_is_a_row_a_comment_or_blank() =>
        Assert.Empty(from line in Table.BuiltInLines()
                     let problem = Problem(line.Text)
                     where problem is not null
                     select $"{line.File}({line.Line}): {problem}");

    [Theory]
    [MemberData(nameof(Files))]
    public void Rows_are_sorted_by_id_and_then_effect(string file)
    {
        var rows = Table.BuiltInLines().Where(line => line.File == file && !line.Text.StartsWith('#')).Select(line => line.Text).ToArray();
        Assert.NotEmpty(rows);
        Assert.Equal(rows.OrderBy(Key, StringComparer.Ordinal), rows);

        static string Key(string row) => string.Join(' ', row.Split(' ').Take(2));
    }

    [Fact]
    public void No_member_has_two_rows_of_one_effect() =>
        Assert.Empty(from row in Rows group row by (row.Fact.Id, row.Fact.Effect) into same where same.Count() > 1 select $"{same.Key} in {string.Join(", ", same.Select(row => row.File))}");

    [Fact]
    public void Every_row_is_about_something_in_the_newest_framework() =>
        Assert.Empty(from row in Rows
                     where row.File != NotResolved && !Resolves(row.Fact.Id, Frameworks.Newest)
                     select $"{row.File}({row.Line}): {row.Fact.Id}");

    [Theory]
    [InlineData("net8.0")]
    [InlineData("net9.0")]
    public void At_most_one_row_in_ten_is_about_something_newer_than(string framework)
    {
        var rows = Rows.Where(row => row.File != NotResolved).ToArray();
        Assert.InRange(rows.Count(row => !Resolves(row.Fact.Id, framework)), 0, rows.Length / 10);
    }

    [Fact]
    public void Every_twin_is_a_member_that_takes_the_same_leading_arguments() =>
        Assert.Empty(from row in Rows
                     where row.File != NotResolved && row.Fact is { Effect: Effect.Blocks, Twin: not ("" or "await") }
                     from member in Ids.Find(row.Fact.Id, Compilations[Frameworks.Newest])
                     where !Twins(row.Fact, member).Any(twin => row.Fact.Kind == "wait" || Accepts(twin, member))
                     select $"{row.File}({row.Line}): {row.Fact.Twin} has no form for {member}");

    [Fact]
    public void Positions_are_those_of_parameters() =>
        Assert.Empty(from row in Rows
                     where row.File != NotResolved
                     from member in Ids.Find(row.Fact.Id, Compilations[Frameworks.Newest])
                     where !FitsParameters(row.Fact, member)
                     select $"{row.File}({row.Line}): {member}");

    /// <summary>A static member of a type with heirs may be called by the name of an heir.</summary>
    [Fact]
    public void What_blocks_is_called_static_where_it_stands_behind_the_name_of_its_type() =>
        Assert.Empty(from row in Rows
                     where row.File != NotResolved && row.Fact.Effect == Effect.Blocks
                     let members = Ids.Find(row.Fact.Id, Compilations[Frameworks.Newest]).ToArray()
                     where members.Length > 0 && row.Fact.IsStatic != members.All(static member => member is { IsStatic: true, ContainingType: { IsGenericType: false } type }
                         && !type.ContainingNamespace.GetTypeMembers().Any(other => type.Equals(other.BaseType, SymbolEqualityComparer.Default)))
                     select row.Fact.Id);

    [Fact]
    public void No_member_both_takes_a_lock_and_tries_to() =>
        Assert.Empty(from row in Rows
                     where row.File != NotResolved && row.Fact.Effect == Effect.Acquires
                     from member in Ids.Find(row.Fact.Id, Compilations[Frameworks.Newest])
                     let facts = Table.BuiltIn.Rows(row.Fact.Id)
                     where facts.Any(fact => fact.Effect == Effect.Tries)
                     select row.Fact.Id);

    [Fact]
    public void What_takes_a_lock_belongs_to_a_type_that_is_one() =>
        Assert.Empty(from row in Rows
                     where row.File != NotResolved && row.Fact.Effect is Effect.Acquires or Effect.Tries
                     let type = Ids.TypeOf(row.Fact.Id, Compilations[Frameworks.Newest])
                     where new Facts(Table.BuiltIn).About(type, Effect.Lock) is null
                     select row.Fact.Id);

    private static string? Problem(string line)
    {
        Row.Read(line, out var problem);
        return problem;
    }

    private static bool Resolves(string id, string framework) => Ids.Find(id, Compilations[framework]).Any();

    private static IEnumerable<IMethodSymbol> Twins(Fact fact, ISymbol member) => fact.Twin.LastIndexOf('.') is > 0 and var dot
        ? Named(Compilations[Frameworks.Newest].GetTypeByMetadataName(fact.Twin[..dot])!, fact.Twin[(dot + 1)..]).Where(method => method.IsStatic)
        : Named(Ids.TypeOf(fact.Id, Compilations[Frameworks.Newest])!, fact.Twin).Where(method => !method.IsStatic && !member.IsStatic);

    private static IEnumerable<IMethodSymbol> Named(INamedTypeSymbol type, string name)
    {
        for (INamedTypeSymbol? level = type; level is not null; level = level.BaseType)
            foreach (var method in level.GetMembers(name).OfType<IMethodSymbol>())
                yield return method;
    }

    /// <summary>Spans, which do not survive an await, become memory; what comes after the same arguments is a token.</summary>
    private static bool Accepts(IMethodSymbol twin, ISymbol member)
    {
        var wanted = member is IMethodSymbol method ? method.Parameters : [];
        return twin.ReturnType.GetMembers("GetAwaiter").Any() && twin.Parameters.Length >= wanted.Length && twin.Arity == ((member as IMethodSymbol)?.Arity ?? 0)
            && wanted.Zip(twin.Parameters).All(pair => Form(pair.First.Type) == Form(pair.Second.Type))
            && twin.Parameters.Skip(wanted.Length).All(rest => rest.Type.Name == "CancellationToken");
    }

    private static string Form(ITypeSymbol type) => type.ToDisplayString().Replace("Span<", "Memory<", StringComparison.Ordinal);

    private static bool FitsParameters(Fact fact, ISymbol member)
    {
        var parameters = member switch { IMethodSymbol method => method.Parameters, IPropertySymbol property => property.Parameters, _ => [] };
        int[] positions = [fact.On, fact.Flag ?? -1, fact.Timeout ?? -1, fact.Arg];
        return positions.All(position => position < parameters.Length)
            && (fact.On != Fact.Receiver || !member.IsStatic || fact.Effect is not (Effect.Acquires or Effect.Tries or Effect.Releases or Effect.Waits or Effect.Tests or Effect.Proves or Effect.Same or Effect.Completes or Effect.Writes or Effect.Enumerates))
            && (fact.Flag is not { } flag || parameters[flag].RefKind == RefKind.Ref)
            && (fact.Timeout is not { } timeout || parameters[timeout].Type.Name is "Int32" or "Int64" or "TimeSpan");
    }
}
