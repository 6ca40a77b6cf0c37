using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// Several locks taken by one call, and the values whose disposal gives locks back.
internal sealed partial class Reader
{
    private readonly Dictionary<object, ImmutableArray<Lock>> _scopes = new(followsPaths ? 4 : 0);

    /// <summary>Emits the acquisitions of a call that takes all its arguments, each once: the call puts them in an order of its own.</summary>
    private bool SetTaken(IInvocationOperation call, Fact fact)
    {
        foreach (var (taken, named) in Members(call, fact))
            Into.Add(new Acquire(taken, null, named, call.Syntax.Span));
        return true;
    }

    private ImmutableArray<Lock> LocksOf(IInvocationOperation call, Fact fact) =>
        fact.On == Fact.Each ? ImmutableArray.CreateRange(Members(call, fact).Select(static member => member.Lock))
        : LockOf(call, fact) is { } one ? ImmutableArray.Create(one)
        : ImmutableArray<Lock>.Empty;

    private List<(Lock Lock, TextSpan Named)> Members(IInvocationOperation call, Fact fact)
    {
        var members = new List<(Lock Lock, TextSpan)>();
        foreach (var argument in call.Arguments)
            foreach (var value in Values(argument))
                if (Places.Of(value) is { } place && !members.Exists(other => other.Lock.Place.Equals(place)))
                    members.Add((MemberOf(place, value, ElementType(argument.Parameter?.Type), fact), value.Syntax.Span));
        return members;
    }

    private static IEnumerable<IOperation> Values(IArgumentOperation argument) =>
        argument is { ArgumentKind: ArgumentKind.ParamArray, Value: IArrayCreationOperation { Initializer.ElementValues: var elements } }
            ? elements
            : new[] { argument.Value };

    private static ITypeSymbol? ElementType(ITypeSymbol? type) => type is IArrayTypeSymbol array ? array.ElementType : type;

    /// <summary>What is given as a mere object is locked as by a <c>lock</c> statement.</summary>
    private Lock MemberOf(Place place, IOperation value, ITypeSymbol? wanted, Fact fact) =>
        wanted is { SpecialType: SpecialType.System_Object }
            ? new Lock(place, model.LockTypes.ModeOfStatement(Places.Bare(value)?.Type), model.LockTypes.OfStatement) { OnOwned = IsOwned(place) }
            : new Lock(place, fact.Mode, model.LockTypes.Of(wanted)) { OnOwned = IsOwned(place) };

    /// <summary>A variable that holds what an acquisition returned: disposing of it gives the locks back.</summary>
    private void Scoped(object variable, IOperation value)
    {
        if (Places.Task(value is IAwaitOperation await ? await.Operation : value) is not { } source)
            return;
        if (Places.Bare(source) is IAwaitOperation inner)
            source = Places.Task(inner.Operation)!;
        if (source is IInvocationOperation call)
            foreach (var fact in model.About(call))
                if (fact is { Effect: Effect.Acquires, ReturnsScope: true } && LocksOf(call, fact) is { IsEmpty: false } taken)
                    _scopes[variable] = _scopes[call.Syntax.Span] = taken;
    }

    /// <summary>A lock that is tried for may come with a scope in an argument.</summary>
    private void Tried(IInvocationOperation call, Fact fact, TryAcquire tried)
    {
        Into.Add(tried);
        if (fact.ReturnsScope)
            foreach (var argument in call.Arguments)
                if (argument.Parameter?.RefKind == RefKind.Out && KeyOf(argument.Value) is { } scope)
                    _scopes[scope] = ImmutableArray.Create(tried.Lock);
    }

    private static IEnumerable<Event> GivenBack(ImmutableArray<Lock> scope, TextSpan at) =>
        scope.Reverse().Select(taken => new Release(taken.Place, taken.Mode, at) { EndsScope = true });
}
