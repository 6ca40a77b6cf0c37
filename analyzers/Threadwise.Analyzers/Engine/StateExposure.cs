using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Who else may get at the state of one outermost type: what is said of its members anywhere in it.</summary>
internal sealed class StateExposure
{
    private readonly TypeModel _type;
    private readonly Dictionary<ISymbol, List<(Body Body, ChangedAtOnce Change)>> _atOnce = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _leaving = new(SymbolEqualityComparer.Default), _coming = new(SymbolEqualityComparer.Default);

    public StateExposure(TypeModel type)
    {
        _type = type;
        foreach (var body in type.Bodies)
            foreach (var e in body.Events)
                if (e is ChangedAtOnce change)
                    ChangesOf(change.Member).Add((body, change));
                else if (e is Turnover { On.Member: { } member } turnover)
                    (turnover.Comes ? _coming : _leaving).Add(member);
    }

    /// <summary>Elements of the collection are removed somewhere in the type.</summary>
    public bool IsEmptied(Place collection) => collection.Member is { } member && _leaving.Contains(member);

    /// <summary>Elements are put into the collection somewhere in the type.</summary>
    public bool IsFilled(Place collection) => collection.Member is { } member && _coming.Contains(member);

    /// <summary>Where the member is changed in one step, if it is anywhere.</summary>
    public (ISymbol By, Location Where)? ChangeAtOnce(ISymbol member) =>
        _atOnce.TryGetValue(member, out var changes) ? (changes[0].Change.By, Location.Create(changes[0].Body.Tree, changes[0].Change.Span)) : null;

    /// <summary>Where the upper half of a number of two words is changed, if it is anywhere.</summary>
    public (ISymbol By, Location Where)? WideChangeAtOnce(ISymbol member) =>
        _atOnce.TryGetValue(member, out var changes) && changes.FirstOrDefault(static made => !made.Change.IsByOne) is { Body: not null } wide
            ? (wide.Change.By, Location.Create(wide.Body.Tree, wide.Change.Span))
            : null;

    /// <summary>Code of the type shows that other threads change the member too: it is there once for all, volatile, changed in one step somewhere, or written under a lock or on another thread.</summary>
    public bool IsShared(ISymbol member) =>
        member.IsStatic || member is IFieldSymbol { IsVolatile: true } || _atOnce.ContainsKey(member)
        || _type.Bodies.Any(body => body.Events.Any(e => IsWrite(e, member))
            && (IsStarted(body) || _type.Visit(body).Any(visit => IsWrite(visit.Event, member) && Excludes(_type, visit.Before))));

    private static bool IsWrite(Event e, ISymbol member) => e is Written write && SymbolEqualityComparer.Default.Equals(write.Member, member);

    private bool IsStarted(Body body) =>
        body.Method is { } method && _type.Bodies.Any(other => other.Events.Any(e => e is Escape { IsStarted: true } escape
            && SymbolEqualityComparer.Default.Equals(escape.Target, method.OriginalDefinition)));

    /// <summary>Not every change of the member in one step is made under a lock.</summary>
    public bool IsChangedWithoutLock(ISymbol member) => _atOnce.TryGetValue(member, out var changes)
        && changes.Any(change => _type.Visit(change.Body).Any(visit => visit.Event == (Event)change.Change && !Excludes(_type, visit.Before)));

    /// <summary>Others may do something to the place at the same moment: no lock keeps them out, and they can have the object.</summary>
    public static bool IsOpen(TypeModel type, Body body, Place place, LockState before) =>
        !Excludes(type, before) && IsReachable(type, body, place) && !IsCalledUnderLocks(type, body);

    /// <summary>A member of a private type, which nobody else can call, is called while a lock is held, and only so.</summary>
    private static bool IsCalledUnderLocks(TypeModel type, Body body)
    {
        if (body.Method is not { IsOverride: false, IsVirtual: false, IsAbstract: false, ContainingType.DeclaredAccessibility: Accessibility.Private } method)
            return false;
        var calls = type.Bodies.SelectMany(type.Visit)
            .Where(visit => visit.Event is Call call && SymbolEqualityComparer.Default.Equals(call.Target, method.OriginalDefinition)).ToList();
        return calls.Count > 0 && calls.All(visit => Excludes(type, visit.Before));
    }

    /// <summary>They can have the object: it is not being made, belongs to no one thread, and the code is no test.</summary>
    public static bool IsReachable(TypeModel type, Body body, Place place) =>
        !type.IsTest && !type.Entry.IsDeferred(body)
        && !(place.Root == Root.This && (type.Entry.IsConstruction(body) || type.Model.Facts.About(body.Symbol.ContainingType, Effect.Confined) is not null))
        && !(place.Root == Root.Static && Body.InitializesType(body.Symbol));

    private static bool Excludes(TypeModel type, LockState state) => state.Must.Any(held => held.Lock.Mode != Mode.Shared && type.IsExclusive(held.Lock));

    private List<(Body Body, ChangedAtOnce Change)> ChangesOf(ISymbol member)
    {
        if (!_atOnce.TryGetValue(member, out var changes))
            _atOnce[member] = changes = new();
        return changes;
    }
}
