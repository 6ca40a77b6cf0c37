using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// Calls: what runs, whether it is known, and what becomes of delegates.
internal sealed partial class Reader
{
    private void Called(IMethodSymbol target, IOperation? instance, ImmutableArray<IArgumentOperation> arguments, IOperation at)
    {
        var method = target.OriginalDefinition;
        Demanded(method, instance, at);
        CalledApart(target, at);
        if (target.MethodKind == MethodKind.DelegateInvoke)
            Invoked(instance, at);
        else if (IsOurs(method) && method is { IsExtern: false })
            Called(CallOf(target, method, instance, arguments, at), IsNear(method), IsExact(target, instance));
        else if (target.IsAbstract || target.IsVirtual || target.IsOverride)
            Strange(at);
        else
            Risky(at);
    }

    /// <summary>What locals stand for takes another look at the whole body: where no lock is held, and another type is called, they are left out.</summary>
    private Call CallOf(IMethodSymbol target, IMethodSymbol method, IOperation? instance, ImmutableArray<IArgumentOperation> arguments, IOperation at)
    {
        var withLocals = IsUnderLock || IsNear(method);
        var isLocal = !withLocals && BeginsAtLocal(instance);
        return new(
            method.PartialImplementationPart ?? method,
            isLocal ? null : PlaceOfReceiver(method, instance),
            isLocal ? Places.Bare(instance) is not ILocalReferenceOperation { Local.IsForEach: true } : IsOwned(instance, at),
            withLocals || !AnyBeginsAtLocal(arguments) ? Arguments(method, arguments) : ImmutableArray<Place?>.Empty,
            at is IInvocationOperation call && IsAwaited(call),
            at.Syntax.Span)
        { Enumerated = method.ReturnType.TypeKind == TypeKind.Interface && IsEnumerated(at), OnFailure = OnFailure, Choices = Choices(arguments) };
    }

    private static ImmutableArray<Choice> Choices(ImmutableArray<IArgumentOperation> arguments)
    {
        var choices = ImmutableArray<Choice>.Empty;
        foreach (var argument in arguments)
            if (argument is { Parameter: { Ordinal: var ordinal, Type.SpecialType: SpecialType.System_Boolean },
                Value.ConstantValue: { HasValue: true, Value: bool value } })
                choices = choices.Add(new(ordinal, value));
        return choices;
    }

    private bool AnyBeginsAtLocal(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
            if (BeginsAtLocal(argument.Value))
                return true;
        return false;
    }

    private bool BeginsAtLocal(IOperation? value)
    {
        for (var steps = 0; steps < 12; steps++)
            switch (value = Places.Bare(value))
            {
                case ILocalReferenceOperation:
                    return true;
                case IMemberReferenceOperation { Instance: var on }:
                    value = on;
                    break;
                default:
                    return false;
            }
        return false;
    }

    private void Called(Call call, bool isNear, bool isExact)
    {
        if (!isNear || !isExact)
        {
            Into.Add(new Outside(call, Throws: !InHandler) { IsExact = isExact });
            return;
        }

        NeedsPaths |= !followsPaths && model.HandlesLocks(call.Target, Cancel);
        if (followsPaths && call.Target.MethodKind != MethodKind.PropertyGet && !model.IsQuiet(call.Target, Cancel))
            Risky(call.Span);
        Into.Add(call);
    }

    /// <summary>The receiver was made here, or by something that was asked for it; an object that others may have is found in a field, a parameter or a collection.</summary>
    private bool IsOwned(IOperation? instance, IOperation at) => Places.Bare(instance) switch
    {
        null => at is IObjectCreationOperation,
        IInvocationOperation => Places.Of(instance) is null,
        ILocalReferenceOperation { Local: var local } when Places.Task(Places.Definitions.Of(local)) is IInvocationOperation or IAwaitOperation =>
            Places.Of(Places.Definitions.Of(local)) is null,
        _ => IsFresh(instance, at),
    };

    /// <summary>Exactly this body runs: nothing can override it, or the receiver's type is fixed.</summary>
    private static bool IsExact(IMethodSymbol method, IOperation? instance) =>
        method.IsStatic || !(method.IsVirtual || method.IsAbstract || method.IsOverride) || method.ContainingType.IsSealed
        || instance is IInstanceReferenceOperation { Syntax.RawKind: (int)Microsoft.CodeAnalysis.CSharp.SyntaxKind.BaseExpression };

    private Place? PlaceOfReceiver(IMethodSymbol method, IOperation? instance) =>
        method.MethodKind is MethodKind.LocalFunction or MethodKind.AnonymousFunction ? null
        : method.IsStatic ? null
        : Places.Of(instance);

    private ImmutableArray<Place?> Arguments(IMethodSymbol method, ImmutableArray<IArgumentOperation> arguments)
    {
        if (arguments.IsEmpty)
            return ImmutableArray<Place?>.Empty;
        Place?[]? places = null;
        foreach (var argument in arguments)
            if (argument.Parameter is { Ordinal: var ordinal, RefKind: RefKind.None, Type.IsReferenceType: true } && ordinal < method.Parameters.Length
                && Places.Of(argument.Value) is { } place)
                (places ??= new Place?[method.Parameters.Length])[ordinal] = place;
        // Most calls pass nothing that has a place.
        return places is null ? ImmutableArray<Place?>.Empty : ImmutableArray.Create(places);
    }

    /// <summary>A delegate runs: the lambda its variable holds if it holds any, else anything.</summary>
    private void Invoked(IOperation? instance, IOperation at)
    {
        if (instance is ILocalReferenceOperation { Local: var local } && Places.Definitions.AllOf(local) is [var only] && Function(only) is { } function)
        {
            Into.Add(new Call(function, null, OnOwned: false, ImmutableArray<Place?>.Empty, Awaited: false, at.Syntax.Span));
            CalledApart(function, at);
        }
        else if (IsUnderLock && MemberOf(instance) is { } target)
            Into.Add(new Callback(target, Throws: !InHandler, at.Syntax.Span));
        else
            Strange(at);
    }

    /// <summary>What holds the delegate: an event, a field, a property or a parameter; a local in between is passed over.</summary>
    private ISymbol? MemberOf(IOperation? value) => Places.Bare(value) switch
    {
        IEventReferenceOperation { Event: var member } => member,
        IFieldReferenceOperation { Field: var member } => member,
        IPropertyReferenceOperation { Property: var member } => member,
        IParameterReferenceOperation { Parameter: var member } => member,
        IConditionalAccessInstanceOperation outer => MemberOf(Tested(outer)),
        ILocalReferenceOperation { Local: var local } when Places.Bare(Places.Definitions.Of(local)) is { } only and not ILocalReferenceOperation => MemberOf(only),
        _ => null,
    };

    /// <summary>What stands before the <c>?.</c>.</summary>
    private static IOperation? Tested(IOperation inner)
    {
        var outer = inner.Parent;
        while (outer is not (null or IConditionalAccessOperation))
            outer = outer.Parent;
        return (outer as IConditionalAccessOperation)?.Operation;
    }

    private bool IsUnderLock => followsPaths || _statements > 0;

    /// <summary>Code nobody knows matters only where it may find a lock held, or break off a path.</summary>
    private void Strange(IOperation at)
    {
        if (IsUnderLock)
            Into.Add(new Unknown(Throws: !InHandler, at.Syntax.Span));
    }

    private IMethodSymbol? Function(IOperation? value) => Places.Bare(value) switch
    {
        IDelegateCreationOperation creation => Function(creation.Target),
        IAnonymousFunctionOperation lambda => lambda.Symbol,
        IFlowAnonymousFunctionOperation lambda => lambda.Symbol,
        _ => null,
    };

    /// <summary>A function becomes a delegate. If that is called at once it is a call, else it may run whenever.</summary>
    private void Delegate(IMethodSymbol function, IOperation reference)
    {
        var outer = reference.Parent;
        while (outer is IConversionOperation or IDelegateCreationOperation)
            outer = outer.Parent;
        function = function.OriginalDefinition;
        StartedBy(outer, function, reference);
        Forked(outer, function);
        HandedOver(outer, function, reference);
        var deferred = false;
        if (outer is IArgumentOperation { Parameter.Ordinal: var ordinal, Parent: IInvocationOperation call })
            foreach (var fact in Facts.About(call.TargetMethod))
                if (fact.IsAbout(ordinal) && fact.Effect == Effect.Invokes)
                {
                    Into.Add(new Call(function, null, OnOwned: false, ImmutableArray<Place?>.Empty, Awaited: false, reference.Syntax.Span)
                        { OnFailure = OnFailure, OnFirstUse = Shapes.Remembers(call.TargetMethod), Elements = ElementsFor(function, call) });
                    return;
                }
                else if (fact.IsAbout(ordinal) && fact.Effect == Effect.Defers)
                {
                    deferred = true;
                    if (fact.GivesCompleted)
                        GivenCompleted.Add(function);
                }

        if (!(StoredIn(outer) is { } local && Places.Definitions.IsOnlyCalled(local)))
        {
            Into.Add(Escaped(function, deferred, outer, reference));
        }
    }

    /// <summary>Of interest where the function takes tasks, which may be known to be complete.</summary>
    private Place? ElementsFor(IMethodSymbol function, IInvocationOperation call) =>
        followsPaths && function.Parameters is [{ Type: var element }] && Shapes.IsAwaited(element) ? Places.Of(call.Instance ?? call.Arguments[0].Value) : null;

    private static ILocalSymbol? StoredIn(IOperation? outer) => outer switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => local,
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } => local,
        _ => null,
    };

    private bool IsAwaited(IInvocationOperation call)
    {
        IOperation? outer = call.Parent;
        while (outer is IConversionOperation or IInvocationOperation
            && (outer is IConversionOperation || Facts.About(((IInvocationOperation)outer).TargetMethod, Effect.Same) is not null))
            outer = outer.Parent;
        // The value of a branch, and so of a return, has no parent in a graph: then the caller awaits, or does not.
        return outer is IAwaitOperation or IReturnOperation or null || !IsAwaitable(call.TargetMethod.ReturnType);
    }
}
