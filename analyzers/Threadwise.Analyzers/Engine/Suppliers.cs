using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Where a concurrent collection is handed a function for a value, which it may run for several callers though it keeps one result; see <see cref="Supplied"/>.</summary>
internal static class Suppliers
{
    public static Supplied? At(Model model, Place on, IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
            if (argument.Value is IDelegateCreationOperation { Target: IAnonymousFunctionOperation function } && DoneBy(model, function) is { } done)
                return new(on, call.TargetMethod, done, function.Syntax.Span);
        return null;
    }

    /// <summary>What every run of the function does anew, if anything matters.</summary>
    private static string? DoneBy(Model model, IAnonymousFunctionOperation function)
    {
        foreach (var part in Branches.Own(function.Body))
            switch (part)
            {
                case IInvocationOperation call when model.Facts.About(call.TargetMethod, Effect.Starts) is not null:
                    return $"starts work with '{call.TargetMethod.Name}'";
                case IInvocationOperation { TargetMethod: var method } call when model.Facts.About(method, Effect.Atomic) is { Kind: "update" } && IsOutside(call.Arguments[0].Value, function):
                    return "counts or changes what others see";
                case IInvocationOperation { Instance: IParameterReferenceOperation { Parameter: var given } } call when IsOwn(given, function) && model.Facts.About(call.TargetMethod, Effect.Writes) is not null:
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

    private static string? Created(Model model, IOperation value)
    {
        while (value is IConversionOperation conversion)
            value = conversion.Operand;
        return value switch
        {
            IObjectCreationOperation { Type: { } type } when StoredValues.IsEnded(model, type) => $"creates a '{type.Name}', of which all but one are never disposed of",
            IObjectCreationOperation { Constructor: { } constructor, Type: { } type } when model.Facts.About(constructor, Effect.Starts) is not null => $"creates a '{type.Name}', which runs",
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

    private static bool IsOwn(IParameterSymbol parameter, IAnonymousFunctionOperation function) => SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, function.Symbol);
}
