using System.Collections.Concurrent;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Which types can hold anything to find at all, by the words in their files: where no lock is taken and no async code blocks, nothing is bound or walked.</summary>
/// <remarks>Errs only towards looking: a word in a comment counts. Thread-safe.</remarks>
internal sealed class Mentions(Table table, Compilation compilation)
{
    private static readonly ImmutableArray<string> Annotations = ImmutableArray.Create("GuardedBy", "RequiresLock");
    private static readonly ImmutableArray<string> Statements = ImmutableArray.Create("lock (", "lock(", "LockAsync", "using static", "Synchronized");

    private ImmutableArray<string> Waiting { get; } = ImmutableArray.CreateRange(table.UsesOf(fact => fact.Effect == Effect.Waits));

    private readonly ConcurrentDictionary<SyntaxTree, bool> _known = new();
    private readonly ImmutableArray<string> _locking = Members(table.NamesOf(fact => fact.Effect is Effect.Acquires or Effect.Tries && IsHere(compilation, fact)).Concat(Shapes.Names));
    private readonly ImmutableArray<string> _blocking = Members(table.NamesOf(fact => fact is { Effect: Effect.Blocks, Kind: "wait" or "sleep" }));

    private readonly ImmutableArray<string> _lockValues = ImmutableArray.CreateRange(table.TypesOf(fact => fact.Effect == Effect.Lock)
        .Where(id => Ids.TypeOf(id, compilation) is { IsValueType: true }).Select(id => id.Substring(id.LastIndexOf('.') + 1)).OrderBy(name => name, StringComparer.Ordinal));
    private readonly ImmutableArray<string> _starting = Members(table.NamesOf(IsStart)).AddRange(table.UsesOf(IsStart).Where(static use => use[use.Length - 1] == '('));
    private readonly ConcurrentDictionary<SyntaxTree, bool> _starts = new();
    private readonly ConcurrentDictionary<SyntaxTree, bool> _lockValued = new();
    private readonly ImmutableArray<string> _pipes = Members(table.NamesOf(fact => fact.Effect == Effect.Pipes));

    /// <summary>Some file names an annotation by which a member demands a lock.</summary>
    public bool IsAnnotated { get; } = compilation.SyntaxTrees.Any(tree => HasAny(Text(tree), Annotations));

    /// <summary>What members that take or give back a lock are called, of the types that can be used here.</summary>
    public HashSet<string> LockMembers { get; } = new(
        table.NamesOf(fact => fact.Effect is Effect.Acquires or Effect.Tries or Effect.Releases && IsHere(compilation, fact)), StringComparer.Ordinal);

    /// <summary>Somebody in the type waits under a lock for state to change.</summary>
    public bool Waits(INamedTypeSymbol type) => Waiting.Any(word => type.DeclaringSyntaxReferences.Any(part => Has(Text(part.SyntaxTree), word)));

    /// <summary>The type's initializer, if it has one, may start work on other threads.</summary>
    public bool InitializerMatters(INamedTypeSymbol type) => type.DeclaringSyntaxReferences.Any(part => _starts.GetOrAdd(part.SyntaxTree, tree => HasAny(Text(tree), _starting)));

    public bool LockValues(ISymbol member) => !_lockValues.IsEmpty && member.DeclaringSyntaxReferences.Any(part => _lockValued.GetOrAdd(part.SyntaxTree, tree => HasAny(Text(tree), _lockValues)));

    public bool Matters(INamedTypeSymbol type) =>
        IsAnnotated || type.DeclaringSyntaxReferences.Any(part => _known.GetOrAdd(part.SyntaxTree, Matters));

    private bool Matters(SyntaxTree tree)
    {
        var text = Text(tree);
        return HasAny(text, Statements) || HasAny(text, _locking) || HasAny(text, _pipes) || HasAny(text, _lockValues) || Has(text, "async") && HasAny(text, _blocking);
    }

    private static bool IsStart(Fact fact) => fact.Effect == Effect.Starts && (fact.Joins || !fact.Many);

    /// <summary>A row that ships for a package counts where an assembly or a namespace of the package's name can be used.</summary>
    private static bool IsHere(Compilation compilation, Fact fact)
    {
        var root = fact.RootName;
        return compilation.Assembly.GlobalNamespace.GetMembers(root).Any()
            || compilation.ReferencedAssemblyNames.Any(assembly => assembly.Name.StartsWith(root, StringComparison.Ordinal))
            || Table.BuiltIn.Rows(fact.Id).IsEmpty;
    }

    private static string Text(SyntaxTree tree) => tree.GetText().ToString();

    private static bool HasAny(string text, ImmutableArray<string> words)
    {
        foreach (var word in words)
            if (Has(text, word))
                return true;
        return false;
    }

    private static bool Has(string text, string word) => text.IndexOf(word, StringComparison.Ordinal) >= 0;

    /// <summary>As uses are written, without those that begin like another. A user's own members are used without a receiver too.</summary>
    private static ImmutableArray<string> Members(IEnumerable<string> names)
    {
        var builtIn = new HashSet<string>(Table.BuiltIn.NamesOf(static _ => true), StringComparer.Ordinal);
        var members = ImmutableArray.CreateBuilder<string>();
        foreach (var use in names.Select(name => builtIn.Contains(name) ? "." + name : name).OrderBy(use => use, StringComparer.Ordinal))
            if (members.Count == 0 || !use.StartsWith(members[members.Count - 1], StringComparison.Ordinal))
                members.Add(use);
        return members.ToImmutable();
    }
}
