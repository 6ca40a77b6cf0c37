using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Which members can hold anything to find at all, by the words in them and in their files: where no lock is taken and no async code blocks, nothing is bound or walked.</summary>
/// <remarks>Errs only towards looking: a word in a comment counts. Every file is read once. Thread-safe.</remarks>
internal sealed class Mentions
{
    private static readonly ImmutableArray<string> Annotations = ImmutableArray.Create("GuardedBy", "RequiresLock");
    private static readonly ImmutableArray<string> Statements = ImmutableArray.Create("lock (", "lock(", ".Synchronized", Shapes.NameEnd);
    private static readonly ImmutableArray<string> Async = ImmutableArray.Create("async", "await");

    private readonly Words _words;
    private readonly WordSet _locking, _blocking;
    private readonly ImmutableArray<string> _lockValues;
    private readonly HashSet<string> _lockMembers;
    private readonly HashSet<(char First, int Length)> _lockMemberShapes;
    private readonly ConcurrentDictionary<SyntaxTree, Said> _said = new();

    public Mentions(Table table, Compilation compilation)
    {
        _words = table.Words;
        var here = _words.Locking.Concat(_words.Blocking).Select(word => word.Type).OfType<string>().Distinct().Where(type => Ids.TypeOf(type, compilation) is not null).ToImmutableHashSet();
        bool IsHere(Word word) => word.Type is null || here.Contains(word.Type);
        var locking = _words.Locking.Where(IsHere).ToList();
        _lockMembers = new(locking.Select(word => word.Name), StringComparer.Ordinal);
        _lockMemberShapes = new(_lockMembers.Select(name => (name[0], name.Length)));
        _locking = new(locking.Where(word => word.Takes).Select(word => word.Name).Concat(Shapes.Names).Select(_words.Use));
        _blocking = new(_words.Blocking.Where(IsHere).Select(word => _words.Use(word.Name)));
        _lockValues = ImmutableArray.CreateRange(_words.LockTypes.Where(id => Ids.TypeOf(id, compilation) is { IsValueType: true }).Select(id => id.Substring(id.LastIndexOf('.') + 1)));
        IsAnnotated = compilation.SyntaxTrees.Any(tree => Says(tree, Said.Annotation));
    }

    [Flags]
    private enum Said : byte { Nothing = 0, Annotation = 1, Lock = 2, Block = 4, Start = 8, LockValue = 16, Wait = 32 }

    /// <summary>Some file names an annotation by which a member demands a lock.</summary>
    public bool IsAnnotated { get; }

    /// <summary>Somebody in the type waits under a lock for state to change.</summary>
    public bool Waits(INamedTypeSymbol type) => Says(type, Said.Wait);

    public bool LockValues(ISymbol member) => !_lockValues.IsEmpty && Says(member, Said.LockValue);

    /// <summary>All members of the type matter: they may take locks, or be called by others that do.</summary>
    public bool AllMatter(INamedTypeSymbol type) => IsAnnotated || Says(type, Said.Lock);

    /// <summary>Some member of the type may matter by itself.</summary>
    public bool AnyMatters(INamedTypeSymbol type) => Says(type, Said.Block | Said.Start);

    /// <summary>Matters by itself: async code in it may block, or it initializes its type and may start work on other threads.</summary>
    public bool Matters(ISymbol member, SyntaxNode code)
    {
        var initializes = Body.InitializesType(member) && Says(code.SyntaxTree, Said.Start);
        if (!initializes && !Says(code.SyntaxTree, Said.Block))
            return false;
        var text = code.SyntaxTree.GetText().ToString(code.Span);
        return initializes && Starts(text) || Blocks(text);
    }

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
            said |= Said.LockValue | Said.Lock;
        if (HasAny(text, _words.Waiting))
            said |= Said.Wait;
        if (HasAny(text, Statements) || _locking.IsIn(text) || _words.Pipes.IsIn(text) || UsesStatically(text))
            said |= Said.Lock;
        // Where all is read, nobody asks for more.
        if ((said & Said.Lock) == 0)
            said |= (Blocks(text) ? Said.Block : Said.Nothing) | (Starts(text) ? Said.Start : Said.Nothing);
        return said;
    }

    private bool Blocks(string text) => HasAny(text, Async) && _blocking.IsIn(text);

    private bool Starts(string text) => HasAny(text, _words.Starting) || _words.StartingNames.IsIn(text);

    /// <summary>It uses members of types that rows are about without naming the types.</summary>
    private bool UsesStatically(string text)
    {
        const string Using = "using static ";
        for (var at = text.IndexOf(Using, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Using, at + 1, StringComparison.Ordinal))
        {
            var end = text.IndexOfAny(new[] { ';', '<' }, at);
            var type = end < 0 ? "" : text.Substring(at + Using.Length, end - at - Using.Length);
            if (_words.StaticTypes.Contains(type.Substring(type.LastIndexOf('.') + 1).Trim()))
                return true;
        }

        return false;
    }

    private static bool HasAny(string text, ImmutableArray<string> words)
    {
        foreach (var word in words)
            if (text.IndexOf(word, StringComparison.Ordinal) >= 0)
                return true;
        return false;
    }
}
