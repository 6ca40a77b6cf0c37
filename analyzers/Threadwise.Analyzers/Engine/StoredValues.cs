using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>What is put into a collection, and whether it would matter that somebody else's is there instead: an object that changes, or that has to be ended, is not as good as its like.</summary>
internal sealed class StoredValues(Model model, Places places)
{
    /// <summary>The value itself: of a variable, what it got last before this operation.</summary>
    public IOperation? Of(IOperation value, IOperation at)
    {
        const int MaxSteps = 6;
        var current = places.Bare(value);
        for (var steps = 0; steps < MaxSteps; steps++)
            switch (current)
            {
                case ISimpleAssignmentOperation assignment:
                    current = places.Bare(assignment.Value);
                    break;
                case ILocalReferenceOperation { Local: var local } when LastInto(local, at) is { } last:
                    current = places.Bare(last);
                    break;
                default:
                    return current;
            }
        return current;
    }

    /// <summary>It matters whose value is there.</summary>
    public bool Matters(IOperation value, IOperation at) => Of(value, at) switch
    {
        IObjectCreationOperation { Type: { } type } creation => Changes(type) && !IsFilledBetween(value, creation, at),
        IAwaitOperation { Operation.Type: INamedTypeSymbol { TypeArguments: [var type] } } => IsEnded(model, type),
        IInvocationOperation { Type: { } type, TargetMethod: var method } => IsEnded(model, type) || model.Facts.About(method, Effect.Starts) is not null,
        IParameterReferenceOperation { Type: { } type } =>
            type is not { TypeKind: TypeKind.Delegate } && (Changes(type) || type.TypeKind is TypeKind.Interface or TypeKind.TypeParameter),
        _ => false,
    };

    /// <summary>The variable that was stored is used when it has been.</summary>
    public bool IsUsedAfter(IOperation value, IOperation at) => places.Bare(value) switch
    {
        ILocalReferenceOperation { Local: var local } => IsUsedAfter(local, at),
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } => IsUsedAfter(local, at),
        _ => false,
    };

    /// <summary>What comes out of a call is thrown away.</summary>
    public bool IsDropped(IOperation result) => result switch
    {
        IDiscardOperation => true,
        IDeclarationExpressionOperation { Expression: IDiscardOperation } => true,
        IDeclarationExpressionOperation { Expression: ILocalReferenceOperation { Local: var local } } => !IsUsedAfter(local, result),
        _ => false,
    };

    public bool IsUsedAfter(ILocalSymbol local, IOperation at) => places.Definitions.UsesOf(local).Any(use => use.Syntax.SpanStart >= at.Syntax.Span.End);

    /// <summary>Two of the type are not the same: code changes them, locks them or ends their use.</summary>
    private bool Changes(ITypeSymbol type)
    {
        if (type is not { IsReferenceType: true, TypeKind: TypeKind.Class, SpecialType: not SpecialType.System_String })
            return false;
        if (type.SpecialType == SpecialType.System_Object || IsEnded(model, type))
            return true;
        foreach (var fact in model.Facts.About(type))
            if (fact.Effect == Effect.Immutable)
                return false;
            else if (fact.Effect is Effect.Container or Effect.Unsafe or Effect.Synchronizes or Effect.Lock or Effect.Source)
                return true;
        for (var at = type; at is not null && at.SpecialType == SpecialType.None; at = at.BaseType)
            if (at.Locations.Any(static location => location.IsInSource) && at.GetMembers().Any(HoldsState))
                return true;
        return false;
    }

    private bool HoldsState(ISymbol member) => member is IFieldSymbol { IsStatic: false, IsConst: false } field
        && (!field.IsReadOnly && !(field.AssociatedSymbol is IPropertySymbol { SetMethod: null or { IsInitOnly: true } })
            || model.Facts.About(field.Type).Any(static fact => fact.Effect is Effect.Container or Effect.Synchronizes or Effect.Lock));

    /// <summary>Somebody has to end its use, so that one that nobody can find again is lost; a task's need not be.</summary>
    public static bool IsEnded(Model model, ITypeSymbol type) =>
        type is { TypeKind: TypeKind.Class or TypeKind.Interface } && model.Facts.About(type, Effect.Task) is null
            && (type.SpecialType == SpecialType.System_IDisposable || type.AllInterfaces.Any(static contract => contract.SpecialType == SpecialType.System_IDisposable));

    private IOperation? LastInto(ILocalSymbol local, IOperation at)
    {
        IOperation? last = null;
        foreach (var operation in Branches.Function(at).Descendants())
            if (operation.Syntax.Span.End <= at.Syntax.SpanStart && ValueInto(operation, local) is { } value
                && (last is null || value.Syntax.SpanStart > last.Syntax.SpanStart))
                last = value;
        return last;
    }

    private static IOperation? ValueInto(IOperation operation, ILocalSymbol local) => operation switch
    {
        ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var target }, Value: var value }
            when SymbolEqualityComparer.Default.Equals(target, local) =>
            value,
        IVariableDeclaratorOperation { Symbol: var target, Initializer.Value: var value } when SymbolEqualityComparer.Default.Equals(target, local) => value,
        _ => null,
    };

    /// <summary>The object is put together before it is stored: it is a value that was computed, and so is everybody else's.</summary>
    private bool IsFilledBetween(IOperation value, IOperation creation, IOperation at) =>
        places.Bare(value) is ILocalReferenceOperation { Local: var local }
        && places.Definitions.UsesOf(local)
            .Any(use => use.Syntax.SpanStart > creation.Syntax.Span.End && use.Syntax.Span.End <= at.Syntax.SpanStart
                && use.Parent is IInvocationOperation or IMemberReferenceOperation or IArgumentOperation);
}
