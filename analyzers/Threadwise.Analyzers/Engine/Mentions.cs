using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Which types can hold anything to find at all, by the words in their files: where no lock is taken and no async code blocks, nothing is bound or walked.</summary>
/// <remarks>Errs only towards looking: a word in a comment counts. Every file is read once. Thread-safe.</remarks>
internal sealed class Mentions
{
    private static readonly ImmutableArray<string> Annotations = ImmutableArray.Create("GuardedBy", "RequiresLock");
    private static readonly ImmutableArray<string> Statements = ImmutableArray.Create("lock (", "lock(", "LockAsync", "using static", "Synchronized");

    private readonly Words _words;
    private readonly ImmutableArray<string> _locking, _blocking, _starting, _pipes, _lockValues;
    private readonly HashSet<string> _lockMembers;
    private readonly HashSet<(char First, int Length)> _lockMemberShapes;
    private readonly ConcurrentDictionary<SyntaxTree, Said> _said = new();

    public Mentions(Table table, Compilation compilation)
    {
        _words = table.Words;
        var here = _words.Locking.Select(word => word.Root).OfType<string>().Distinct().Where(root => IsHere(compilation, root)).ToImmutableHashSet();
        var locking = _words.Locking.Where(word => word.Root is null || here.Contains(word.Root)).ToList();
        _lockMembers = new(locking.Select(word => word.Name), StringComparer.Ordinal);
        _lockMemberShapes = new(_lockMembers.Select(name => (name[0], name.Length)));
        _locking = Shortest(locking.Where(word => word.Takes).Select(word => word.Name).Concat(Shapes.Names).Select(_words.Use));
        _blocking = Shortest(_words.Blocking);
        _starting = Shortest(_words.Starting);
        _pipes = Shortest(_words.Pipes);
        _lockValues = ImmutableArray.CreateRange(_words.LockTypes.Where(id => Ids.TypeOf(id, compilation) is { IsValueType: true }).Select(id => id.Substring(id.LastIndexOf('.') + 1)));
        IsAnnotated = compilation.SyntaxTrees.Any(tree => Says(tree, Said.Annotation));
    }

    [Flags]
    private enum Said : byte { Nothing = 0, Annotation = 1, Matter = 2, Start = 4, LockValue = 8, Wait = 16 }

    /// <summary>Some file names an annotation by which a member demands a lock.</summary>
    public bool IsAnnotated { get; }

    /// <summary>Somebody in the type waits under a lock for state to change.</summary>
    public bool Waits(INamedTypeSymbol type) => Says(type, Said.Wait);

    /// <summary>The type's initializer, if it has one, may start work on other threads.</summary>
    public bool InitializerMatters(INamedTypeSymbol type) => Says(type, Said.Start);

    public bool LockValues(ISymbol member) => !_lockValues.IsEmpty && Says(member, Said.LockValue);

    public bool Matters(INamedTypeSymbol type) => IsAnnotated || Says(type, Said.Matter);

    /// <summary>Some word in this part of a file is the name of a member that takes or gives back a lock.</summary>
    public bool NamesLockMember(SyntaxTree tree, TextSpan part)
    {
        var text = tree.GetText();
        for (var (at, start) = (part.Start, part.Start); at <= part.End; at++)
            if (at == part.End || !(char.IsLetterOrDigit(text[at]) || text[at] == '_'))
            {
                // Nearly all words differ in how they begin or in their length; those need not be cut out.
                if (at > start && _lockMemberShapes.Contains((text[start], at - start)) && _lockMembers.Contains(text.ToString(TextSpan.FromBounds(start, at))))
                    return true;
                start = at + 1;
            }
        return false;
    }

    private bool Says(ISymbol declared, Said what)
    {
        foreach (var part in declared.DeclaringSyntaxReferences)
            if (Says(part.SyntaxTree, what))
                return true;
        return false;
    }

    private bool Says(SyntaxTree tree, Said what) => (_said.GetOrAdd(tree, Read) & what) != 0;

    private Said Read(SyntaxTree tree)
    {
        var text = tree.GetText().ToString();
        var said = HasAny(text, Annotations) ? Said.Annotation : Said.Nothing;
        if (HasAny(text, _lockValues))
            said |= Said.LockValue | Said.Matter;
        if (HasAny(text, Statements) || HasAny(text, _locking) || HasAny(text, _pipes) || Has(text, "async") && HasAny(text, _blocking))
            said |= Said.Matter;
        if (HasAny(text, _words.Waiting))
            said |= Said.Wait;
        // All of a type that matters is read, its initializer too.
        return (said & Said.Matter) == 0 && HasAny(text, _starting) ? said | Said.Start : said;
    }

    /// <summary>A row that ships for a package counts where an assembly or a namespace of the package's name can be used.</summary>
    private static bool IsHere(Compilation compilation, string root) =>
        compilation.Assembly.GlobalNamespace.GetMembers(root).Any()
        || compilation.ReferencedAssemblyNames.Any(assembly => assembly.Name.StartsWith(root, StringComparison.Ordinal));

    private static bool HasAny(string text, ImmutableArray<string> words)
    {
        foreach (var word in words)
            if (Has(text, word))
                return true;
        return false;
    }

    private static bool Has(string text, string word) => text.IndexOf(word, StringComparison.Ordinal) >= 0;

    /// <summary>Without those that begin like another.</summary>
    private static ImmutableArray<string> Shortest(IEnumerable<string> words)
    {
        var shortest = ImmutableArray.CreateBuilder<string>();
        foreach (var word in words.OrderBy(word => word, StringComparer.Ordinal))
            if (shortest.Count == 0 || !word.StartsWith(shortest[shortest.Count - 1], StringComparison.Ordinal))
                shortest.Add(word);
        return shortest.ToImmutable();
    }
}
