using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>An object is changed after it was put where other threads find it.</summary>
/// <param name="On">The field or collection it was put in.</param>
/// <param name="Name">How the code that changes it names it.</param>
/// <param name="Changed">What of it is changed.</param>
/// <param name="PublishedAt">Where it was put there.</param>
internal sealed record LateChange(Place On, string Name, string Changed, TextSpan PublishedAt, TextSpan Span) : Event(Span), IAsked
{
    /// <summary>It was there before.</summary>
    public bool IsFound { get; init; }
}

// New objects that are put where other threads find them.
internal sealed partial class Reader
{
    /// <summary>By variable or, where none stands for it, by the place it was stored in.</summary>
    private Dictionary<object, (Place On, TextSpan At)> PublishedAt => field ??= new();

    private bool _publishes;

    /// <summary>A value is stored: in a field that says it is read by other threads, or in a collection made for them.</summary>
    private void Publish(IOperation target, IOperation value)
    {
        if (!_shares || followsPaths)
            return;
        Announce(target, value);
        if (OpenToOthers(target) is not { } on)
            return;
        if (Places.Bare(value) is ILocalReferenceOperation { Local: var local })
            Published(local, Places.Bare(Places.Definitions.Of(local)), on, target);
        else if (target is IFieldReferenceOperation)
            Published(on, Places.Bare(value), on, target);
    }

    private void Published(object name, IOperation? made, Place on, IOperation target)
    {
        if (made is null || !(IsNew(made) || made is IArrayCreationOperation))
            return;
        _publishes = true;
        if (!PublishedAt.ContainsKey(name))
            PublishedAt[name] = (on, target.Syntax.Span);
    }

    /// <summary>The field or collection, if others find what is put there.</summary>
    private Place? OpenToOthers(IOperation target) => target switch
    {
        IFieldReferenceOperation { Field.IsVolatile: true } => Places.Of(target),
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { Type: { } type } instance } when IsMadeForThreads(type) => Shared(instance),
        IInvocationOperation { Instance: { Type: { } type } instance } when IsMadeForThreads(type) => Shared(instance),
        _ => null,
    };

    private Place? Shared(IOperation collection) => Places.Of(collection) is { IsOfInstanceOrStatic: true } place ? place : null;

    private bool IsMadeForThreads(ITypeSymbol type) => Facts.About(type.OriginalDefinition, Effect.Synchronizes) is not null;

    private void Published(IInvocationOperation call)
    {
        if (_shares && !followsPaths && Done(model.About(call), Fact.Receiver) == Shape.Change)
        {
            if (_publishes)
                ChangedLate(call.Instance, call.TargetMethod.Name, call);
            if (SeesSteps)
                ChangedInside(call);
        }
        if (_shares && !followsPaths && call.Instance?.Type is { } type && (IsMadeForThreads(type) || owner is IMethodSymbol { MethodKind: MethodKind.Constructor }))
            foreach (var argument in call.Arguments)
                Publish(call, argument.Value);
    }

    /// <summary>A member of the object gets a value, or its elements change; said once.</summary>
    private void ChangedLate(IOperation? instance, string what, IOperation at)
    {
        if (!_publishes || Places.Bare(instance) is not { } changed)
            return;
        var name = changed is ILocalReferenceOperation { Local: var local } ? (object)local : Places.Of(changed);
        if (name is not null && PublishedAt.TryGetValue(name, out var since) && since.At.End <= at.Syntax.SpanStart)
        {
            PublishedAt.Remove(name);
            Into.Add(new LateChange(since.On, name is Place place ? place.ToString() : ((ILocalSymbol)name).Name, what, since.At, at.Syntax.Span));
        }
    }

    /// <summary>A container that a collection made for other threads gave out, and still has, is changed.</summary>
    private void ChangedInside(IInvocationOperation change)
    {
        var found = Places.Bare(change.Instance) is ILocalReferenceOperation { Local: var local } named ? SourceOf(local) : Places.Bare(change.Instance);
        if (found is not null && StillHas(found) && OpenToOthers(found) is { } on)
            Into.Add(new LateChange(on, change.Instance is ILocalReferenceOperation { Local.Name: var name }
                ? name
                : on + "[…]", change.TargetMethod.Name, found.Syntax.Span, change.Syntax.Span) { IsFound = true });
    }

    /// <summary>What gave the variable its only value: its initial one, or a call that it is passed to for it.</summary>
    private IOperation? SourceOf(ILocalSymbol local) => Places.Bare(Places.Definitions.Of(local)) ?? Places.Definitions.GivenBy(local);

    private bool StillHas(IOperation found) => found is IPropertyReferenceOperation { Property: var item }
        ? Facts.About(item, Effect.Step) is { Kind: "item" }
        : found is IInvocationOperation { TargetMethod: var query } && Facts.About(query, Effect.Step) is { Kind: "find" or "supply" };
}
