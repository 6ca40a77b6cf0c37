using System.Collections.Concurrent;

namespace Threadwise.Analyzers.Knowledge;

/// <summary>Answers “what is known about this member or type?” for one compilation.</summary>
/// <remarks>A member without rows of its own answers for what it overrides or implements, a type for what it derives from. Thread-safe.</remarks>
internal sealed class Facts(Table table)
{
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<Fact>> _known = new(concurrencyLevel: 4, capacity: 1021, SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<(ISymbol Member, ISymbol Receiver), ImmutableArray<Fact>> _inherited = new(Pairs.Instance);

    public ImmutableArray<Fact> About(ISymbol symbol)
    {
        var definition = Definition(symbol);
        return definition is not INamedTypeSymbol && !table.MayKnow(SimpleName(definition)) && !Shapes.MayKnow(definition) ? ImmutableArray<Fact>.Empty
            : _known.TryGetValue(definition, out var known) ? known
            : _known.GetOrAdd(definition, Find(definition));
    }

    public Fact? About(ISymbol symbol, Effect effect) => Of(About(symbol), effect);

    /// <summary>About a member when it is called on a receiver of this static type: a mutex waits otherwise than the handle it derives from.</summary>
    public ImmutableArray<Fact> About(ISymbol member, ITypeSymbol? receiver)
    {
        var definition = Definition(member);
        return receiver?.OriginalDefinition is INamedTypeSymbol { TypeKind: TypeKind.Class } type && !definition.IsStatic
            && definition.ContainingType is { TypeKind: TypeKind.Class } declaring && !SymbolEqualityComparer.Default.Equals(type, declaring)
            && table.MayKnow(SimpleName(definition))
            ? _inherited.GetOrAdd((definition, type), Inherited)
            : About(definition);
    }

    public Fact? About(ISymbol member, ITypeSymbol? receiver, Effect effect) => Of(About(member, receiver), effect);

    /// <summary>A type of this name is in memory.</summary>
    public bool IsInMemory(string type) => table.InMemory.Contains(type);

    /// <summary>The nature of what <c>lock</c> takes, whatever the object.</summary>
    public Fact? LockOfStatement { get; } = Of(table.Rows("T:System.Threading.Monitor"), Effect.Lock);

    /// <summary>The type whose own kind of lock a <c>lock</c> statement takes, where there is one.</summary>
    public static INamedTypeSymbol? LockTypeOfStatement(Compilation compilation) => Ids.TypeOf(OwnLock, compilation);

    private const string OwnLock = "T:System.Threading.Lock";

    /// <summary>A <c>lock</c> statement takes such an object's own kind of lock instead of the one that every object has.</summary>
    public bool IsTakenByStatement(ITypeSymbol? type) => type is { Name: "Lock" } && About(type, Effect.Lock) is { Id: OwnLock };

    /// <summary>The nature of the lock that a member takes or gives back: that of the type that declares it, or else of what it is done to.</summary>
    public Fact? LockOf(ISymbol member, ITypeSymbol? receiver) =>
        (Definition(member).ContainingType is { } declaring ? About(declaring, Effect.Lock) : null)
        ?? (receiver is null ? null : About(receiver, Effect.Lock))
        ?? Shapes.LockOf(Definition(member));

    private static Fact? Of(ImmutableArray<Fact> facts, Effect effect)
    {
        foreach (var fact in facts)
            if (fact.Effect == effect)
                return fact;
        return null;
    }

    private static ISymbol Definition(ISymbol symbol) =>
        (symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension : symbol).OriginalDefinition;

    /// <summary>As rows have it: the name of an explicit implementation has its interface before it, and an indexer one for the runtime alone.</summary>
    private static string SimpleName(ISymbol symbol)
    {
        var name = symbol is IPropertySymbol { IsIndexer: true } ? symbol.MetadataName : symbol.Name;
        return name.LastIndexOf('.') is > 0 and var dot ? name.Substring(dot + 1) : name;
    }

    private ImmutableArray<Fact> Find(ISymbol symbol)
    {
        if (Rows(symbol) is { IsEmpty: false } own)
            return own;
        for (var above = Overridden(symbol); above is not null; above = Overridden(above))
            if (Rows(above) is { IsEmpty: false } rows)
                return Inheritable(symbol, rows, fromInterface: false);
        foreach (var implemented in Implemented(symbol))
            if (Rows(implemented) is { IsEmpty: false } rows)
                return Inheritable(symbol, rows, fromInterface: true);
        return Shapes.About(symbol);
    }

    /// <summary>Rows of the most derived type that has some about this member, written as if it declared it.</summary>
    private ImmutableArray<Fact> Inherited((ISymbol Member, ISymbol Receiver) call)
    {
        var declaring = call.Member.ContainingType;
        if (call.Member.GetDocumentationCommentId() is not { } id || declaring.GetDocumentationCommentId() is not { } declaringId)
            return About(call.Member);
        var rest = id.Substring(declaringId.Length);
        for (var type = (INamedTypeSymbol?)call.Receiver; type is not null
            && !SymbolEqualityComparer.Default.Equals(type, declaring); type = type.BaseType?.OriginalDefinition)
            if (type.GetDocumentationCommentId() is { } typeId && table.Rows(id[0] + typeId.Substring(1) + rest) is { IsEmpty: false } rows)
                return rows;
        return About(call.Member);
    }

    /// <summary>A subclass of something that never changes may change, what implements a collection may be safe, and what is safe is no container.</summary>
    private ImmutableArray<Fact> Inheritable(ISymbol symbol, ImmutableArray<Fact> rows, bool fromInterface) => symbol is ITypeSymbol
        ? rows.RemoveAll(row => row.Effect == Effect.Immutable || fromInterface && row.Effect is Effect.Container or Effect.Unsafe)
        : rows.Any(IsUse) && About(symbol.ContainingType).Any(row => row.Effect is Effect.ThreadSafe or Effect.Immutable) ? rows.RemoveAll(IsUse)
        : rows;

    private static bool IsUse(Fact row) => row.Effect is Effect.Reads or Effect.Writes or Effect.Enumerates;

    private ImmutableArray<Fact> Rows(ISymbol symbol) =>
        table.MayKnow((symbol as INamedTypeSymbol ?? symbol.ContainingType)?.Name ?? "", SimpleName(symbol))
            && symbol.OriginalDefinition.GetDocumentationCommentId() is { } id
            ? table.Rows(id).RemoveAll(row => row.Until <= symbol.ContainingAssembly?.Identity.Version.Major)
            : ImmutableArray<Fact>.Empty;

    private static ISymbol? Overridden(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => method.OverriddenMethod?.OriginalDefinition,
        IPropertySymbol property => property.OverriddenProperty?.OriginalDefinition,
        INamedTypeSymbol { TypeKind: TypeKind.Class } type => type.BaseType?.OriginalDefinition,
        _ => null,
    };

    private static IEnumerable<ISymbol> Implemented(ISymbol symbol)
    {
        if (symbol is INamedTypeSymbol type)
            return type.AllInterfaces;
        if (symbol.IsStatic || symbol is not (IMethodSymbol or IPropertySymbol) || symbol.ContainingType is not { TypeKind: not TypeKind.Interface } container)
            return Enumerable.Empty<ISymbol>();
        var name = symbol is IPropertySymbol { IsIndexer: true } ? "this[]" : SimpleName(symbol);
        return container.AllInterfaces
            .SelectMany(contract => contract.GetMembers(name))
            .Where(member => SymbolEqualityComparer.Default.Equals(container.FindImplementationForInterfaceMember(member), symbol));
    }

    /// <summary>Equality of a member and the type it is called on.</summary>
    private sealed class Pairs : IEqualityComparer<(ISymbol Member, ISymbol Receiver)>
    {
        public static readonly Pairs Instance = new();

        public bool Equals((ISymbol Member, ISymbol Receiver) one, (ISymbol Member, ISymbol Receiver) other) =>
            SymbolEqualityComparer.Default.Equals(one.Member, other.Member) && SymbolEqualityComparer.Default.Equals(one.Receiver, other.Receiver);

        public int GetHashCode((ISymbol Member, ISymbol Receiver) pair) =>
            SymbolEqualityComparer.Default.GetHashCode(pair.Member) * 31 + SymbolEqualityComparer.Default.GetHashCode(pair.Receiver);
    }
}
