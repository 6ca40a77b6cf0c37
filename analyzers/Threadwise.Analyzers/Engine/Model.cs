using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>What all analysis of one compilation shares. Thread-safe.</summary>
internal sealed class Model(Table table, Mentions mentions, Compilation compilation)
{
    private readonly ConcurrentDictionary<IMethodSymbol, bool> _handlesLocks = new(SymbolEqualityComparer.Default);

    private readonly ConcurrentDictionary<IMethodSymbol, bool> _quiet = new(SymbolEqualityComparer.Default);

    private readonly ConcurrentDictionary<IPropertySymbol, ISymbol?> _behind = new(concurrencyLevel: 4, capacity: 509, SymbolEqualityComparer.Default);

    private readonly ConcurrentDictionary<ITypeSymbol, IMethodSymbol?> _disposal = new(SymbolEqualityComparer.Default);

    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _waits = new(SymbolEqualityComparer.Default);

    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _shares = new(SymbolEqualityComparer.Default);

    public Compilation Compilation => compilation;

    public bool IsAnnotated => mentions.IsAnnotated;

    /// <summary>A program that serves nobody while it runs.</summary>
    public bool IsTool { get; } = Shapes.IsTool(compilation);

    /// <summary>Code that tests other code, with the framework for that.</summary>
    public bool IsForTests { get; } = Shapes.IsForTests(compilation);

    /// <summary>Types that belong to the thread of a user interface can be used: what is awaited may come back to it.</summary>
    public bool HasUserInterface => _hasUserInterface.Value;

    private readonly Lazy<bool> _hasUserInterface = new(() => table.TypesOf(static fact => fact is { Effect: Effect.Confined, Kind: "ui" })
        .Any(id => Ids.TypeOf(id, compilation) is not null));

    /// <summary>Somebody in this outermost type waits under a lock for state to change.</summary>
    public bool Waits(INamedTypeSymbol type) => _waits.TryGetValue(type, out var waits) ? waits : _waits.GetOrAdd(type, mentions.Waits(type));

    /// <summary>The text of this outermost type names what is changed in single steps.</summary>
    public bool Steps(INamedTypeSymbol type) => mentions.Steps(type);

    /// <summary>This outermost type takes locks, or shares state with other threads.</summary>
    public bool Shares(INamedTypeSymbol type) => _shares.TryGetValue(type, out var shares) ? shares
        : _shares.GetOrAdd(type, mentions.Shares(type) || IsRegistered(type) || FollowsStart(type) || LeavesInterface(type) || Roots.AreIn(type, Facts));

    /// <summary>It belongs to a user interface, and some of its code says that it need not come back to that thread.</summary>
    public bool LeavesInterface(INamedTypeSymbol type) => mentions.LeavesContext(type) && HasUserInterface && Facts.About(type, Effect.Confined) is { Kind: "ui" };

    /// <summary>Some file that makes types everybody's names this one, so that it may be one of them.</summary>
    public bool IsRegistered(INamedTypeSymbol type) => mentions.IsRegistered(type);

    /// <summary>Work may have begun with its object before its own constructor runs.</summary>
    public bool FollowsStart(INamedTypeSymbol type) => mentions.FollowsStart(type);

    /// <summary>There is a type of lock that is better than a plain object; see <see cref="PlainGates"/>.</summary>
    public bool HasBetterGates { get; init; }

    public Facts Facts { get; } = new(table);

    /// <summary>Files of this outermost type name what keeps one value for each thread.</summary>
    public bool HasThreadSlots(INamedTypeSymbol type) => mentions.KeepsOnePerThread(type);

    /// <summary>What all threads find and no two may use at the same time.</summary>
    public SharedObjects SharedObjects => field ??= new(Facts, mentions);

    /// <summary>Code of this outermost type names one of them.</summary>
    public bool NamesShared(INamedTypeSymbol type, SyntaxNode code) => SharedObjects.Of(type) is { } shared && mentions.Names(shared.Names, code);

    public WalkStacks Stacks { get; } = new();

    public LockTypes LockTypes => field ??= new(Facts);

    public Guards Guards { get; } = new();

    public ImmutableArray<Fact> About(IInvocationOperation call) => Facts.About(call.TargetMethod, call.Instance?.Type);

    public bool TakesLock(IInvocationOperation call)
    {
        foreach (var fact in About(call))
            if (fact.Effect is Effect.Acquires or Effect.Tries or Effect.Releases)
                return true;
        return false;
    }

    /// <summary>The call does to a lock what is done to locks, and keeps it to itself.</summary>
    public bool UsesLock(IInvocationOperation call)
    {
        foreach (var fact in About(call))
            if (fact.Effect is Effect.Acquires or Effect.Tries or Effect.Releases or Effect.Waits or Effect.Tests
                || fact is { Effect: Effect.Completes, On: >= 0 } && Facts.LockOf(call.TargetMethod, null) is not null)
                return true;
        return false;
    }

    /// <summary>Some file of the member names a lock that is a value, of which a copy is another lock.</summary>
    public bool NamesLockValues(ISymbol member) => mentions.LockValues(member);

    /// <summary>The member whose value a property hands out; see <see cref="Getter"/>.</summary>
    public ISymbol? Behind(IPropertySymbol property, CancellationToken cancel) =>
        _behind.TryGetValue(property.OriginalDefinition, out var member) ? member
        : _behind.GetOrAdd(property.OriginalDefinition, Getter.Behind(property.OriginalDefinition, cancel));

    /// <summary>Every reading of the property gives another object.</summary>
    public bool IsMadeAnew(IPropertySymbol property, CancellationToken cancel) =>
        Behind(property, cancel) is null && Getter.IsMadeAnew(property.OriginalDefinition, cancel);

    /// <summary>By what the use of such an object is ended without stopping a thread; see <see cref="AsyncDisposal"/>.</summary>
    public IMethodSymbol? DisposeAsyncOf(ITypeSymbol type, CancellationToken cancel) =>
        _disposal.TryGetValue(type.OriginalDefinition, out var known)
            ? known
            : _disposal.GetOrAdd(type.OriginalDefinition, AsyncDisposal.Of(type.OriginalDefinition, Facts, cancel));

    /// <summary>The method throws nothing; see <see cref="Quiet"/>.</summary>
    public bool IsQuiet(IMethodSymbol method, CancellationToken cancel) =>
        _quiet.TryGetValue(method, out var quiet) ? quiet : _quiet.GetOrAdd(method, Quiet.Is(method, cancel));

    /// <summary>The method's text names something that takes or gives back a lock explicitly, so that its callers' paths matter.</summary>
    public bool HandlesLocks(IMethodSymbol method, CancellationToken cancel) => _handlesLocks.TryGetValue(method, out var handles) ? handles
        : _handlesLocks.GetOrAdd(method, method.DeclaringSyntaxReferences.Any(reference => mentions.NamesLockMember(reference.SyntaxTree, reference.Span)));
}
