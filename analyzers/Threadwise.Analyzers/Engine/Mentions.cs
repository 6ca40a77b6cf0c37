using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Which members can hold anything to find at all, by the words in them and in their files: where no lock is taken and nothing async code comes to blocks, nothing is bound or walked.</summary>
/// <remarks>Errs towards looking: a word in a text counts. Every file is read once. Thread-safe.</remarks>
internal sealed class Mentions
{
    private static readonly ImmutableArray<string> Annotations = ImmutableArray.Create("GuardedBy", "GuardedByAttribute", "RequiresLock", "RequiresLockAttribute");

    private readonly WordSet _meanings;
    private readonly HashSet<string> _staticTypes;
    private readonly Said _all;
    private readonly Lazy<StoppingNames> _stopping;
    private readonly Lazy<HashSet<int>> _registered;
    private readonly ConcurrentDictionary<SyntaxTree, Meaning> _files = new();
    private readonly ConcurrentDictionary<SyntaxTree, MemberNames> _waitingHere = new();
    private readonly ConcurrentDictionary<SyntaxTree, bool> _stops = new();

    public Mentions(Table table, Compilation compilation)
    {
        _meanings = Meanings(table.Words, compilation);
        _staticTypes = table.Words.StaticTypes;
        _stopping = new(() => new(compilation.SyntaxTrees.SelectMany(tree => Saying(tree, Said.Block))));
        _registered = new(() => new(compilation.SyntaxTrees.SelectMany(WordsOfRegistering)));
        foreach (var tree in compilation.SyntaxTrees)
            _all |= Of(tree).All;
    }

    [Flags]
    private enum Said { Nothing = 0, Annotation = 1, Lock = 2, Block = 4, Start = 8, LockValue = 16, WaitMember = 32, WaitType = 64, Wait = WaitMember | WaitType, Stop = 128, Serve = 256, End = 512, Async = 1024, LockMember = 2048, UsingStatic = 4096, Share = 8192, OnePerThread = 16384, Step = 32768, Register = 65536, Leave = 131072, Inherit = 262144, Combine = 524288, Keep = 1048576, Each = 2097152, Begin = 4194304 }

    /// <summary>Some file names an annotation by which a member demands a lock.</summary>
    public bool IsAnnotated => (_all & Said.Annotation) != 0;

    /// <summary>Somebody in the type waits under a lock for state to change.</summary>
    public bool Waits(INamedTypeSymbol type) => (_all & Said.Wait) == Said.Wait && Says(type, Said.Wait);

    /// <summary>Something in the type may have one value for each thread.</summary>
    public bool KeepsOnePerThread(INamedTypeSymbol type) => (_all & Said.OnePerThread) != 0 && Says(type, Said.OnePerThread);

    /// <summary>This part of a file names one of these.</summary>
    public bool Names(WordSet names, SyntaxNode code) => Of(code.SyntaxTree).NamesAny(names, code.Span);

    /// <summary>State of the type is changed in single steps that others can come between.</summary>
    public bool Steps(INamedTypeSymbol type) => (_all & Said.Step) != 0 && Says(type, Said.Step);

    /// <summary>Something in the type says that it need not come back to the thread it began on.</summary>
    public bool LeavesContext(INamedTypeSymbol type) => (_all & Said.Leave) != 0 && Says(type, Said.Leave);

    /// <summary>Code that makes types everybody's names one of this name.</summary>
    public bool IsRegistered(INamedTypeSymbol type) => (_all & Said.Register) != 0 && _registered.Value.Contains(WordSet.Hash(type.Name));

    /// <summary>The constructor of some base type names what starts work.</summary>
    public bool FollowsStart(INamedTypeSymbol type)
    {
        for (var below = type.BaseType; below is { SpecialType: SpecialType.None, DeclaringSyntaxReferences.IsEmpty: false }; below = below.BaseType)
            if (Says(below, Said.Begin))
                foreach (var constructor in below.InstanceConstructors)
                    foreach (var part in constructor.DeclaringSyntaxReferences)
                        if ((Of(part.SyntaxTree).Of(part.Span) & Said.Begin) != 0)
                            return true;
        return false;
    }

    public bool LockValues(ISymbol member) => (_all & Said.LockValue) != 0 && Says(member, Said.LockValue);

    /// <summary>All members of the type matter: they may take locks, or be called by others that do, or share state with other threads.</summary>
    public bool AllMatter(INamedTypeSymbol type) => IsAnnotated || Shares(type) || IsRegistered(type) || FollowsStart(type);

    public bool Shares(INamedTypeSymbol type) => Says(type, Said.Lock) || Says(type, Said.Share);

    /// <summary>Some member of the type may matter by itself.</summary>
    public bool AnyMatters(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Any(part => Says(part.SyntaxTree, Said.Block) || Says(part.SyntaxTree, Said.Start) || Says(part.SyntaxTree, Said.Async)
            || Says(part.SyntaxTree, Said.Combine) || NamesStop(part.SyntaxTree));

    /// <summary>Matters by itself: it waits, or comes to what waits in the same file, it blocks where a framework may call it, async code may come to block in it, it may have several tasks under way, or it initializes its type and may start work on other threads.</summary>
    public bool Matters(ISymbol member, SyntaxNode code)
    {
        var (tree, file) = (code.SyntaxTree, Of(code.SyntaxTree));
        var here = file.Of(code.Span);
        bool Has(Said what) => (here & what) == what;
        if (Has(Said.Combine) || Has(Said.Start) && Body.InitializesType(member) || Has(Said.Block) && Says(tree, Said.Serve) || Has(Said.Stop)
            || Says(tree, Said.Stop) && file.Uses(WaitingIn(tree), code.Span))
            return true;
        return Has(Said.Async)
            ? Has(Said.Block) || Has(Said.End) || LooseTasks.AreIn(code) || NamesStop(tree) && file.Uses(_stopping.Value.Names, code.Span)
            : file.MemberAt(code.Span) is { } written ? _stopping.Value.Contains(written) : NamesStop(tree);
    }

    /// <summary>Some word in this part of a file is the name of a member that takes or gives back a lock.</summary>
    public bool NamesLockMember(SyntaxTree tree, TextSpan part) => (Of(tree).Of(part) & Said.LockMember) != 0;

    /// <summary>The file names a member through which async code may come to stop.</summary>
    private bool NamesStop(SyntaxTree tree) => _stops.GetOrAdd(tree, tree => Of(tree).Uses(_stopping.Value.Names));

    /// <summary>The names of the members of a file that wait, and of those in it that come to them.</summary>
    private MemberNames WaitingIn(SyntaxTree tree) => _waitingHere.GetOrAdd(tree, tree => StoppingNames.Upwards(Saying(tree, Said.Stop)));

    private IEnumerable<(MemberWords Member, bool Says)> Saying(SyntaxTree tree, Said what)
    {
        var file = Of(tree);
        return file.Words.Members.Select((member, i) => (member, !member.IsAsync && (file.Members[i] & what) != 0));
    }

    private IEnumerable<int> WordsOfRegistering(SyntaxTree tree)
    {
        var file = Of(tree);
        return file.Words.Members.Where((_, i) => (file.Members[i] & Said.Register) != 0).SelectMany(static member => member.Words);
    }

    private bool Says(ISymbol declared, Said what)
    {
        foreach (var part in declared.DeclaringSyntaxReferences)
            if (Says(part.SyntaxTree, what))
                return true;
        return false;
    }

    private bool Says(SyntaxTree tree, Said what) => (Of(tree).All & what) == what;

    private Meaning Of(SyntaxTree tree) => _files.TryGetValue(tree, out var file) ? file : _files.GetOrAdd(tree, Read);

    private Meaning Read(SyntaxTree tree)
    {
        var file = new Meaning(FileWords.Of(tree), _meanings);
        return (file.All & Said.UsingStatic) != 0 && UsesStatically(tree) ? file with { All = file.All | Said.Lock } : file;
    }

    /// <summary>It uses members of types that rows are about without naming the types.</summary>
    private bool UsesStatically(SyntaxTree tree) => tree.GetRoot()
        .DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .OfType<UsingDirectiveSyntax>()
        .Any(use => use.StaticKeyword.Span.Length > 0 && use.Name is { } name
            && _staticTypes.Contains((name is QualifiedNameSyntax qualified ? qualified.Right : name).ToString().Split('<')[0]));

    private static WordSet Meanings(Words words, Compilation compilation)
    {
        var here = words.Locking.Concat(words.Blocking).Select(word => word.Type).OfType<string>()
            .Distinct().Where(type => Ids.TypeOf(type, compilation) is not null).ToImmutableHashSet();
        IEnumerable<string> Uses(ImmutableArray<Word> all, bool takes) =>
            all.Where(word => (word.Type is null || here.Contains(word.Type)) && (word.Takes || !takes)).Select(word => word.Name);
        IEnumerable<string> Present(ImmutableArray<Word> all) => all.Where(word => Ids.TypeOf(word.Type!, compilation) is not null).Select(static word => word.Name);
        var meanings = new WordSet();
        void Mean(Said what, IEnumerable<string> written) => meanings.Add(written, (int)what);
        Mean(Said.Annotation, Annotations);
        Mean(Said.Lock, new[] { WordScan.Lock, Shapes.NameEnd, ".Synchronized" });
        Mean(Said.Lock, Uses(words.Locking, takes: true).Concat(Shapes.Names).Select(words.Use));
        Mean(Said.Lock, words.Pipes);
        Mean(Said.LockMember, Uses(words.Locking, takes: false));
        Mean(Said.LockValue | Said.Lock, words.LockTypes.Where(id => Ids.TypeOf(id, compilation) is { IsValueType: true })
            .Select(id => id.Substring(id.LastIndexOf('.') + 1)));
        Mean(Said.Block, Uses(words.Blocking, takes: false).Select(words.Use));
        Mean(Said.Stop, Uses(words.Blocking, takes: true).Select(words.Use));
        Mean(Said.Start, words.Forking);
        Mean(Said.Start | Said.Share, Present(words.Starting));
        Mean(Said.Begin, words.Beginning);
        Mean(Said.Share, Present(words.Requesting));
        Mean(Said.Inherit, words.Inheriting);
        Mean(Said.Serve, words.Serving);
        Mean(Said.WaitMember, words.Waiting);
        Mean(Said.WaitType, words.WaitingTypes);
        Mean(Said.Async, new[] { "async", "await" });
        Mean(Said.End, words.Forking.Concat(new[] { "using", "." + Shapes.Disposal }));
        Mean(Said.Share, words.Sharing);
        Mean(Said.OnePerThread | Said.Share, Shapes.PerThread);
        Mean(Said.Keep, words.Keeping);
        Mean(Said.Combine, words.Combining);
        Mean(Said.Each, Shapes.ForEach);
        Mean(Said.Step, words.Stepping);
        Mean(Said.Leave, new[] { "." + Shapes.ContextChoice });
        Mean(Said.Register | Said.Share, words.Registering);
        Mean(Said.UsingStatic, new[] { WordScan.StaticUsing });
        return meanings;
    }

    /// <summary>What the words of a file and of its members stand for.</summary>
    private sealed record Meaning(FileWords Words, Said Outside, ImmutableArray<Said> Members)
    {
        public Meaning(FileWords words, WordSet meanings)
            : this(words, (Said)meanings.Meaning(words.Outside),
                ImmutableArray.CreateRange(words.Members, member => (Said)meanings.Meaning(member.Words) & ~(member.IsState ? Said.Inherit : Said.Inherit | Said.Keep)))
        {
            // What is written above the members disposes of nothing.
            All = Members.Aggregate(Outside & ~Said.End, static (all, member) => all | member);
            // Work that is begun for each of many elements is under way many times at once.
            if ((All & (Said.Inherit | Said.Keep)) != 0 || Members.Any(static member => (member & (Said.Each | Said.Combine)) == (Said.Each | Said.Combine)))
                All |= Said.Share;
        }

        public Said All { get; init; }

        public Said Of(TextSpan part) => Words.Around(part) is >= 0 and var at ? Members[at] : All;

        public MemberWords? MemberAt(TextSpan part) => Words.Around(part) is >= 0 and var at ? Words.Members[at] : null;

        public bool NamesAny(WordSet words, TextSpan part) => MemberAt(part) is { } member ? words.HasAny(member.Words) : NamesAny(words);

        public bool Uses(MemberNames names, TextSpan part) => MemberAt(part) is { } member ? names.AreIn(member.Tree, member.Words) : Uses(names);

        public bool Uses(MemberNames names) => Words.Uses(names);

        public bool NamesAny(WordSet words) => words.HasAny(Words.Outside) || Words.Members.Any(member => words.HasAny(member.Words));
    }
}
