using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Which members can hold anything to find at all, by the words in them and in their files: where no lock is taken and nothing async code comes to blocks, nothing is bound or walked.</summary>
/// <remarks>Errs only towards looking: a word in a comment counts. Every file is read once. Thread-safe.</remarks>
internal sealed class Mentions
{
    private static readonly ImmutableArray<string> Annotations = ImmutableArray.Create("GuardedBy", "RequiresLock");
    private static readonly ImmutableArray<string> Statements = ImmutableArray.Create("lock (", "lock(", ".Synchronized", Shapes.NameEnd);
    private static readonly int Using = WordSet.Hash("using"), Await = WordSet.Hash("await"), Disposal = WordSet.Hash(Shapes.Disposal);
    private static readonly WordSet Async = new(new[] { "async", "await" });

    private readonly Words _words;
    private readonly WordSet _locking, _blocking, _waiting;
    private readonly Lazy<WordSet> _stopping;
    private readonly ConcurrentDictionary<SyntaxTree, WordSet> _waitingHere = new();
    private readonly ImmutableArray<string> _lockValues;
    private readonly HashSet<string> _lockMembers;
    private readonly HashSet<(char First, int Length)> _lockMemberShapes;
    private readonly ConcurrentDictionary<SyntaxTree, Said> _said = new();
    private readonly ConcurrentDictionary<SyntaxTree, bool> _stops = new();
    private readonly ConcurrentDictionary<SyntaxTree, string> _texts = new();

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
        _waiting = new(_words.Blocking.Where(word => word.Takes && IsHere(word)).Select(word => _words.Use(word.Name)));
        _stopping = new(() => StoppingNames.Of(compilation.SyntaxTrees.SelectMany(Members)));
        _lockValues = ImmutableArray.CreateRange(_words.LockTypes.Where(id => Ids.TypeOf(id, compilation) is { IsValueType: true }).Select(id => id.Substring(id.LastIndexOf('.') + 1)));
        IsAnnotated = compilation.SyntaxTrees.Any(tree => Says(tree, Said.Annotation));
    }

    [Flags]
    private enum Said : ushort { Nothing = 0, Annotation = 1, Lock = 2, Block = 4, Start = 8, LockValue = 16, Wait = 32, Stop = 64, Serve = 128, End = 256, Async = 512 }

    /// <summary>Some file names an annotation by which a member demands a lock.</summary>
    public bool IsAnnotated { get; }

    /// <summary>Somebody in the type waits under a lock for state to change.</summary>
    public bool Waits(INamedTypeSymbol type) => Says(type, Said.Wait);

    public bool LockValues(ISymbol member) => !_lockValues.IsEmpty && Says(member, Said.LockValue);

    /// <summary>All members of the type matter: they may take locks, or be called by others that do.</summary>
    public bool AllMatter(INamedTypeSymbol type) => IsAnnotated || Says(type, Said.Lock);

    /// <summary>Some member of the type may matter by itself.</summary>
    public bool AnyMatters(INamedTypeSymbol type) => Says(type, Said.Block | Said.Start | Said.End) || type.DeclaringSyntaxReferences.Any(part => NamesStop(part.SyntaxTree));

    /// <summary>Matters by itself: it waits, or comes to what waits in the same file, it blocks where a framework may call it, async code may come to block in it, or it initializes its type and may start work on other threads.</summary>
    public bool Matters(ISymbol member, SyntaxNode code)
    {
        var (tree, text) = (code.SyntaxTree, TextOf(code.SyntaxTree));
        // What the file does not hold, no member of it does.
        bool Has(WordSet words) => words.IsIn(text, code.SpanStart, code.Span.End);
        bool Blocks() => Says(tree, Said.Block) && Has(_blocking);
        if (Body.InitializesType(member) && Says(tree, Said.Start) && Starts(text.Substring(code.SpanStart, code.Span.Length)))
            return true;
        if (Says(tree, Said.Stop) && (Has(_waiting) || Has(WaitingIn(tree))) || Says(tree, Said.Serve) && Blocks())
            return true;
        var isAsync = Says(tree, Said.Async) && Has(Async);
        return (isAsync || _stopping.Value.IsIn(Member(member))) && (Blocks() || NamesStop(tree) && Has(_stopping.Value)) || isAsync && Ends(text, code.SpanStart, code.Span.End);
    }

    /// <summary>The file names a member through which async code may come to stop.</summary>
    private bool NamesStop(SyntaxTree tree) => _stops.GetOrAdd(tree, tree => _stopping.Value.IsIn(TextOf(tree)));

    /// <summary>It disposes of something, or starts work on many threads, and does not await the end.</summary>
    private bool Ends(string text, int start, int end)
    {
        var before = 0;
        for (var at = start; WordSet.Next(text, ref at, end, out var from, out var hash); before = hash)
            if (hash == Using && before != Await || hash == Disposal && from > 0 && text[from - 1] == '.')
                return true;
        return _words.Forking.IsIn(text, start, end);
    }

    /// <summary>As callers name it.</summary>
    private static string Member(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } => member.ContainingType.Name,
        IMethodSymbol { AssociatedSymbol: { } associated } => associated.Name,
        _ => member.Name,
    };

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

    /// <summary>The names of the members of a file that wait, and of those in it that come to them.</summary>
    private WordSet WaitingIn(SyntaxTree tree) => _waitingHere.GetOrAdd(tree, tree => StoppingNames.Upwards(
        MemberWords.Of(tree, TextOf(tree)).Select(member => (member, !member.IsAsync && _waiting.IsIn(TextOf(tree), member.Span.Start, member.Span.End)))));

    private IEnumerable<(MemberWords Member, bool Stops)> Members(SyntaxTree tree)
    {
        var (text, blocks) = (TextOf(tree), Says(tree, Said.Block));
        foreach (var member in MemberWords.Of(tree, text))
            yield return (member, blocks && !member.IsAsync && _blocking.IsIn(text, member.Span.Start, member.Span.End));
    }

    /// <summary>A long text is kept in pieces.</summary>
    private string TextOf(SyntaxTree tree) => _texts.GetOrAdd(tree, static tree => tree.GetText().ToString());

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
        var text = TextOf(tree);
        var said = HasAny(text, Annotations) ? Said.Annotation : Said.Nothing;
        if (HasAny(text, _lockValues))
            said |= Said.LockValue | Said.Lock;
        if (HasAny(text, _words.Waiting))
            said |= Said.Wait;
        if (HasAny(text, Statements) || _locking.IsIn(text) || _words.Pipes.IsIn(text) || UsesStatically(text))
            said |= Said.Lock;
        // Where all is read, nobody asks for starts.
        if ((said & Said.Lock) == 0)
            said |= Starts(text) ? Said.Start : Said.Nothing;
        if (Async.IsIn(text))
            said |= Said.Async;
        if (_blocking.IsIn(text))
            said |= Said.Block | (_waiting.IsIn(text) ? Said.Stop : Said.Nothing) | (_words.Serving.IsIn(text) ? Said.Serve : Said.Nothing);
        else if ((said & Said.Async) != 0 && Ends(text, Math.Max(0, text.IndexOf('{')), text.Length))
            said |= Said.End;
        return said;
    }

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
