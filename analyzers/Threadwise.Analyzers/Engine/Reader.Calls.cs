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
        if (target.MethodKind == MethodKind.DelegateInvoke)
            Invoked(instance, at);
        else if (IsOurs(method) && method is { IsExtern: false } && IsNear(method) && IsExact(target, instance))
        {
            NeedsPaths |= !followsPaths && model.HandlesLocks(method, Cancel);
            if (followsPaths && method.MethodKind != MethodKind.PropertyGet && !model.IsQuiet(method, Cancel))
                Risky(at);
            Into.Add(new Call(method.PartialImplementationPart ?? method, PlaceOfReceiver(method, instance), Arguments(method, arguments), at is IInvocationOperation call && IsAwaited(call), at.Syntax.Span));
        }
        else if (IsOurs(method) || target.IsAbstract || target.IsVirtual || target.IsOverride)
            Strange(at);
        else
            Risky(at);
    }

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
        var places = new Place?[method.Parameters.Length];
        foreach (var argument in arguments)
            if (argument.Parameter is { Ordinal: var ordinal, RefKind: RefKind.None, Type.IsReferenceType: true } && ordinal < places.Length)
                places[ordinal] = Places.Of(argument.Value);
        return ImmutableArray.Create(places);
    }

    /// <summary>A delegate runs: the lambda its variable always holds, else anything.</summary>
    private void Invoked(IOperation? instance, IOperation at)
    {
        if (instance is ILocalReferenceOperation { Local: var local } && Function(Places.Definitions.Of(local)) is { } function)
            Into.Add(new Call(function, null, ImmutableArray<Place?>.Empty, Awaited: false, at.Syntax.Span));
        else
            Strange(at);
    }

    /// <summary>Code nobody knows matters only where it may find a lock held, or break off a path.</summary>
    private void Strange(IOperation at)
    {
        if (followsPaths || _statements > 0)
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
        var deferred = false;
        if (outer is IArgumentOperation { Parameter.Ordinal: var ordinal, Parent: IInvocationOperation call })
            foreach (var fact in Facts.About(call.TargetMethod))
                if (fact.IsAbout(ordinal) && fact.Effect == Effect.Invokes)
                {
                    Into.Add(new Call(function, null, ImmutableArray<Place?>.Empty, Awaited: false, reference.Syntax.Span));
                    return;
                }
                else if (fact.IsAbout(ordinal) && fact.Effect == Effect.Defers)
                {
                    deferred = true;
                    if (fact.GivesCompleted)
                        GivenCompleted.Add(function);
                }

        if (!(StoredIn(outer) is { } local && Places.Definitions.IsOnlyCalled(local)))
            Into.Add(new Escape(function, deferred, reference.Syntax.Span));
    }

    private static ILocalSymbol? StoredIn(IOperation? outer) => outer switch
    {
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => local,
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } => local,
        _ => null,
    };

    private bool IsAwaited(IInvocationOperation call)
    {
        IOperation? outer = call.Parent;
        while (outer is IConversionOperation or IInvocationOperation && (outer is IConversionOperation || Facts.About(((IInvocationOperation)outer).TargetMethod, Effect.Same) is not null))
            outer = outer.Parent;
        return outer is IAwaitOperation || !call.TargetMethod.IsAsync;
    }
}
