using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>What a body does to a member whose object no two threads may use at the same time.</summary>
internal enum Handling : byte
{
    /// <summary>An object is stored that is known not to be safe.</summary>
    Stores,

    /// <summary>Something is stored that may be safe.</summary>
    StoresOther,

    /// <summary>The object is used in a way that changes it.</summary>
    Uses,
}

/// <summary>A member is stored or used that all threads find, and whose object no two of them may use at the same time.</summary>
internal sealed record SharedUse(ISymbol Member, Handling How, TextSpan Span) : Event(Span), IAsked;

/// <summary>A member of this kind that is used without a lock, and one such use.</summary>
internal sealed record SharedObject(ISymbol Member, ITypeSymbol Type, Body In, TextSpan Use);

/// <summary>The members that all threads may find, of types whose objects are not safe for concurrent use: statics, and fields of what may be everybody's. Thread-safe.</summary>
internal sealed class SharedObjects(Facts facts, Mentions mentions)
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, Candidates?> _of = new(SymbolEqualityComparer.Default);

    /// <summary>Those of one outermost type that cannot be given another object from elsewhere, and the words by which its members show that they use one.</summary>
    internal sealed class Candidates(IReadOnlyCollection<ISymbol> members)
    {
        private readonly HashSet<ISymbol> _members = new(members, SymbolEqualityComparer.Default);

        public WordSet Names { get; } = new(members.Select(static member => member.Name));

        public bool Has(ISymbol member) => _members.Contains(member);
    }

    public Candidates? Of(INamedTypeSymbol outermost) => _of.TryGetValue(outermost, out var known) ? known : _of.GetOrAdd(outermost, Find);

    /// <summary>The statics that some code uses without the lock that other code uses them under, or without any.</summary>
    public static IEnumerable<SharedObject> Statics(TypeModel type) => Unguarded(type, static member => member.IsStatic, body => IsOfFirstThread(type, body));

    /// <summary>The same of what an object has for itself, if whoever has that is not alone.</summary>
    public static IEnumerable<SharedObject> Fields(TypeModel type, Func<Body, bool> isOfOne) => Unguarded(type, static member => !member.IsStatic, isOfOne);

    private static IEnumerable<SharedObject> Unguarded(TypeModel type, Func<ISymbol, bool> isAsked, Func<Body, bool> isOfOne)
    {
        var visits = type.Bodies.SelectMany(body => type.Visit(body).Where(at => at.Event is SharedUse use && isAsked(use.Member))
            .Select(at => (Body: body, Use: (SharedUse)at.Event, at.Before))).ToList();
        foreach (var uses in visits.GroupBy<(Body Body, SharedUse Use, LockState Before), ISymbol>(static at => at.Use.Member, SymbolEqualityComparer.Default))
        {
            var used = uses.Where(at => at.Use.How == Handling.Uses && !(uses.Key.IsStatic ? Body.InitializesType(at.Body.Symbol) : type.Entry.IsConstruction(at.Body)))
                .ToList();
            if (used.TrueForAll(at => isOfOne(at.Body)) || uses.All(static at => at.Use.How != Handling.Stores)
                || uses.Any(static at => at.Use.How == Handling.StoresOther) || HaveOneLock(type, used.Select(static at => at.Before)))
                continue;
            var bare = used.Where(at => !at.Before.Must.Any(held => type.IsExclusive(held.Lock))).ToList();
            var (body, use, _) = bare.Concat(used).First(at => !isOfOne(at.Body));
            yield return new(uses.Key, TypeOf(uses.Key), body, use.Span);
        }
    }

    /// <summary>It runs on the thread of the program, of the type's initialization or of the user interface, and nobody else calls it.</summary>
    private static bool IsOfFirstThread(TypeModel type, Body body, int depth = 0)
    {
        const int MaxDepth = 4;
        return body.IsProgram || Body.InitializesType(body.Symbol) || type.Model.Facts.About(body.Symbol.ContainingType, Effect.Confined) is { Kind: "ui" }
            || depth < MaxDepth && type.Entry.CallersOf(body) is { Count: > 0 } callers && callers.All(caller => IsOfFirstThread(type, caller, depth + 1));
    }

    private static bool HaveOneLock(TypeModel type, IEnumerable<LockState> states)
    {
        HashSet<Place>? common = null;
        foreach (var state in states)
        {
            var held = state.Must.Where(held => type.IsExclusive(held.Lock) && held.Lock.Mode != Mode.Shared).Select(static held => held.Lock.Place);
            if (common is null)
                common = new(held);
            else
                common.IntersectWith(held);
        }

        return common is { Count: > 0 };
    }

    private Candidates? Find(INamedTypeSymbol outermost) =>
        StaticsOf(outermost).Concat(mentions.IsRegistered(outermost) ? FieldsOf(outermost, static field => !field.IsStatic) : []).ToList() is { Count: > 0 } found
            ? new(found)
            : null;

    private IEnumerable<ISymbol> StaticsOf(INamedTypeSymbol type) => FieldsOf(type, static field => field.IsStatic).Concat(type.GetTypeMembers().SelectMany(StaticsOf));

    private IEnumerable<ISymbol> FieldsOf(INamedTypeSymbol type, Func<IFieldSymbol, bool> isAsked) =>
        type.GetMembers().OfType<IFieldSymbol>().Where(field => isAsked(field) && IsCandidate(field)).Select(static field => field.AssociatedSymbol ?? field);

    private bool IsCandidate(IFieldSymbol field) =>
        field is { IsConst: false, Type: INamedTypeSymbol { TypeKind: TypeKind.Class } kept }
            && (field.IsReadOnly || (field.AssociatedSymbol ?? field).DeclaredAccessibility == Accessibility.Private)
        && (Shapes.IsLazy(kept) ? IsForOneThread(field) : IsUnsafe(facts, kept) || IsStateful(facts, kept)) && !ThreadSlots.IsMarked(field);

    /// <summary>By its text; what it means is looked at where it is read.</summary>
    private static bool IsForOneThread(IFieldSymbol field) =>
        field.DeclaringSyntaxReferences.Any(static part => part.GetSyntax().DescendantTokens().Any(static token => Shapes.ForOneThread.Contains(token.ValueText)));

    public static bool IsUnsafe(Facts facts, ITypeSymbol type) =>
        facts.About(type) is var known && known.Any(static fact => fact.Effect == Effect.Unsafe || fact.Effect == Effect.Container && Shapes.IsText(fact))
            && !known.Any(static fact => fact.Effect == Effect.ThreadSafe);

    /// <summary>A type of ours that has fields for what its base leaves open.</summary>
    public static bool IsStateful(Facts facts, ITypeSymbol type) => facts.About(type).Any(static fact => fact.Effect == Effect.Stateful)
        && !type.DeclaringSyntaxReferences.IsEmpty && type.GetMembers().Any(static member => member is IFieldSymbol { IsStatic: false, IsReadOnly: false });

    /// <summary>A type of ours that leaves what it inherits as it is, so that it is no safer.</summary>
    public static bool IsHeir(Facts facts, ITypeSymbol type) => facts.About(type).Any(static fact => fact is { Effect: Effect.Unsafe, All: true })
        && type.GetMembers().All(static member => !member.IsOverride || Shapes.IsNotified(member));

    private static ITypeSymbol TypeOf(ISymbol member) => member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type;
}
