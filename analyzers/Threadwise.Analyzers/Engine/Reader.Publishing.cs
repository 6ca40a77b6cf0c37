using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>An object is changed after it was put where other threads find it.</summary>
/// <param name="Changed">What of it is changed.</param>
/// <param name="PublishedAt">Where it was put there.</param>
internal sealed record LateChange(ILocalSymbol Object, string Changed, TextSpan PublishedAt, TextSpan Span) : Event(Span), IAsked;

// New objects that are put where other threads find them.
internal sealed partial class Reader
{
    private Dictionary<ILocalSymbol, TextSpan> PublishedAt => field ??= new(SymbolEqualityComparer.Default);

    private bool _publishes;

    /// <summary>A value is stored: in a field that says it is read by other threads, or in a collection made for them.</summary>
    private void Publish(IOperation target, IOperation value)
    {
        if (!_shares || followsPaths)
            return;
        Announce(target, value);
        if (Places.Bare(value) is not ILocalReferenceOperation { Local: var local } || !IsOpenToOthers(target) || Places.Bare(Places.Definitions.Of(local)) is not { } made || !(IsNew(made) || made is IArrayCreationOperation))
            return;
        _publishes = true;
        if (!PublishedAt.ContainsKey(local))
            PublishedAt[local] = target.Syntax.Span;
    }

    private bool IsOpenToOthers(IOperation target) => target switch
    {
        IFieldReferenceOperation { Field.IsVolatile: true } => true,
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { Type: { } type } instance } => IsMadeForThreads(type) && Places.Of(instance) is { IsOfInstanceOrStatic: true },
        IInvocationOperation { Instance: { Type: { } type } instance } => IsMadeForThreads(type) && Places.Of(instance) is { IsOfInstanceOrStatic: true },
        _ => false,
    };

    private bool IsMadeForThreads(ITypeSymbol type) => Facts.About(type.OriginalDefinition, Effect.Synchronizes) is not null;

    private void Published(IInvocationOperation call)
    {
        if (_publishes && Done(model.About(call), Fact.Receiver) == Shape.Change)
            ChangedLate(call.Instance, call.TargetMethod.Name, call);
        if (_shares && !followsPaths && call.Instance?.Type is { } type && (IsMadeForThreads(type) || owner is IMethodSymbol { MethodKind: MethodKind.Constructor }))
            foreach (var argument in call.Arguments)
                Publish(call, argument.Value);
    }

    /// <summary>A member of the object gets a value, or its elements change; said once.</summary>
    private void ChangedLate(IOperation? instance, string what, IOperation at)
    {
        if (_publishes && Places.Bare(instance) is ILocalReferenceOperation { Local: var local } && PublishedAt.TryGetValue(local, out var since) && since.End <= at.Syntax.SpanStart)
        {
            PublishedAt.Remove(local);
            Into.Add(new LateChange(local, what, since, at.Syntax.Span));
        }
    }
}
