using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Where a concurrent collection is handed a function for a value, which it may run for several callers though it keeps one result; see <see cref="Supplied"/>.</summary>
internal static class Suppliers
{
    public static IReadOnlyList<Event> At(Model model, Place? on, string by, string name, ImmutableArray<IArgumentOperation> arguments)
    {
        var found = new List<Event>(1);
        foreach (var argument in arguments)
            if (argument.Value is IDelegateCreationOperation { Target: IAnonymousFunctionOperation function })
                found.Add(new Supplied(on, by, name, function.Symbol, DoneBy(model, function), function.Syntax.Span));
            else if (argument.Value is IDelegateCreationOperation { Target: IMethodReferenceOperation { Method: var method } named })
                found.Add(new Supplied(on, by, name, method, null, named.Syntax.Span));
        return found;
    }

    /// <summary>The same of a function of which the events are known, and of what it calls.</summary>
    public static string? DoneBy(TypeModel type, IMethodSymbol function, int calls = 1)
    {
        if (type.BodyOf(function.OriginalDefinition) is not { } body)
            return null;
        foreach (var e in body.Events)
            if (DoneBy(e) is { } done)
                return done;
            else if (calls > 0 && e is Call call && DoneBy(type, call.Target, calls - 1) is { } further)
                return further;
        return body.Remarks.OfType<Made>().FirstOrDefault()?.How;
    }

    private static string? DoneBy(Event e) => e switch
    {
        Escape { IsStarted: true, IsJoined: false, By: { } by } => $"starts work with '{Body.NameOf(by)}'",
        Written { How: Rewrite.Computed, On.IsOfInstanceOrStatic: true, Member: var member } => $"changes '{Body.NameOf(member)}'",
        ChangedAtOnce { IsByOne: true, Member: var member } => $"counts in '{Body.NameOf(member)}'",
        Access { Shape: Shape.Change, By: IMethodSymbol by, Place: { IsOfInstanceOrStatic: true, Member: { } container } }
            when Shapes.Grows(by) == true => $"changes '{Body.NameOf(container)}'",
        _ => null,
    };

    /// <summary>What every run of the function does anew, if anything matters.</summary>
    private static string? DoneBy(Model model, IAnonymousFunctionOperation function)
    {
        foreach (var part in Branches.Own(function.Body))
            switch (part)
            {
                case IInvocationOperation call when model.Facts.About(call.TargetMethod, Effect.Starts) is not null:
                    return $"starts work with '{call.TargetMethod.Name}'";
                case IInvocationOperation { TargetMethod: var method } call when model.Facts.About(method, Effect.Atomic) is { Kind: "update" }
                    && IsOutside(call.Arguments[0].Value, function):
                    return "counts or changes what others see";
                case IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { } raised } when EventOf(raised) is { } handlers:
                    return $"raises '{Body.NameOf(handlers)}'";
                case IObjectCreationOperation { Constructor: { } constructor } when model.Facts.About(constructor, Effect.Starts) is { Kind: "thread" }:
                    return "starts a thread";
                case IInvocationOperation { Instance: { } changed } call when IsOutside(changed, function)
                    && (model.Facts.About(call.TargetMethod, Effect.Writes) is not null || model.Facts.About(call.TargetMethod, Effect.Step) is { Kind: "insert" }):
                    return $"changes '{changed.Syntax}'";
                case IInvocationOperation { Instance: IParameterReferenceOperation { Parameter: var given } } call when IsOwn(given, function)
                    && model.Facts.About(call.TargetMethod, Effect.Writes) is not null:
                    return $"changes '{given.Name}', which others have";
                case IAssignmentOperation { Target: IFieldReferenceOperation or IPropertyReferenceOperation } assignment when IsOutside(assignment.Target, function):
                    return $"assigns '{((IMemberReferenceOperation)assignment.Target).Member.Name}'";
                case IIncrementOrDecrementOperation { Target: var target } when IsOutside(target, function):
                    return "counts";
                case IReturnOperation { ReturnedValue: { } value } when Created(model, value) is { } made:
                    return made;
            }
        return null;
    }

    private static IEventSymbol? EventOf(IOperation raised)
    {
        if (raised is IConditionalAccessInstanceOperation)
            for (var outer = raised.Parent; outer is not null; outer = outer.Parent)
                if (outer is IConditionalAccessOperation { Operation: IEventReferenceOperation { Event: var tested } })
                    return tested;
        return (raised as IEventReferenceOperation)?.Event;
    }

    public static string? Created(Model model, IOperation value)
    {
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        return value switch
        {
            IObjectCreationOperation { Type: { } type } when StoredValues.IsEnded(model, type) => $"creates a '{type.Name}', of which all but one are never disposed of",
            IInvocationOperation { Type: { } type, TargetMethod: var maker } when StoredValues.IsEnded(model, type)
                && model.Facts.About(maker, Effect.Owned) is not null => $"makes a '{type.Name}', of which all but one are never disposed of",
            IObjectCreationOperation { Constructor: { } constructor, Type: { } type }
                when model.Facts.About(constructor, Effect.Starts) is not null => $"creates a '{type.Name}', which runs",
            _ => null,
        };
    }

    /// <summary>The variable is there before the function runs.</summary>
    private static bool IsOutside(IOperation target, IAnonymousFunctionOperation function) => target switch
    {
        IFieldReferenceOperation { Instance: null } or IPropertyReferenceOperation { Instance: null } => true,
        IMemberReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } } => true,
        ILocalReferenceOperation { Local.ContainingSymbol: var owner } => !SymbolEqualityComparer.Default.Equals(owner, function.Symbol),
        _ => false,
    };

    private static bool IsOwn(IParameterSymbol parameter, IAnonymousFunctionOperation function) =>
        SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, function.Symbol);
}
