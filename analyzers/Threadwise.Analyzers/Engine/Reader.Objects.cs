using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// Objects that locks are taken on, and fields that get other objects.
internal sealed partial class Reader
{
    /// <summary>Longer chains of aliases are not followed.</summary>
    private const int MaxAliases = 8;

    private void LockedObject(IInvocationOperation call, Fact fact)
    {
        if (fact is { Effect: Effect.Acquires or Effect.Tries, IsGuess: false } && On(call, fact) is { } locked)
            LockedObject(locked, IsMonitor(call, locked));
        if (fact is { Effect: Effect.Acquires, ReturnsScope: true } && !(fact.IsGuess && Shapes.HasRelease(call.TargetMethod.ContainingType)))
            Dropped(call, fact);
    }

    /// <summary>The lock of an object is taken: notes where the object comes from.</summary>
    private void LockedObject(IOperation? value, bool isMonitor)
    {
        if (value is null)
            return;
        var (origin, member, type) = Places.IsBoxed(value) ? (Origin.Boxed, null, Places.Bare(value)!.Type) : Source(value);
        if (origin == Origin.Fresh && !isMonitor && (Facts.About(type!, Effect.Lock) is not { Affine: true } || LockTypes.HasNames(type!)))
            origin = Origin.Other;
        if (type is not null)
            Into.Add(new LockedOn(origin, member, type, isMonitor, Bare(value.Syntax).Span));
    }

    private static SyntaxNode Bare(SyntaxNode syntax) => syntax is ParenthesizedExpressionSyntax inner ? Bare(inner.Expression) : syntax;

    /// <summary>A call that takes the lock every object has, rather than one of the object's own kind.</summary>
    private bool IsMonitor(IInvocationOperation call, IOperation value) =>
        call.TargetMethod is { IsStatic: true, ContainingType: { IsStatic: true } declaring } && Facts.About(declaring, Effect.Lock) is not null
        && !(call.IsImplicit && Facts.IsTakenByStatement((value as IConversionOperation)?.Operand.Type ?? value.Type));

    private (Origin, ISymbol?, ITypeSymbol?) Source(IOperation value)
    {
        for (var steps = 0; steps < MaxAliases && Places.Bare(value) is { } bare; steps++)
        {
            if (bare is ILocalReferenceOperation { Local: var local })
            {
                if (Places.Bare(Places.Definitions.Of(local)) is not { } only)
                    return (Origin.Local, local, bare.Type);
                if (IsMadeHere(only))
                    return (IsKeptHere(local) ? Origin.Fresh : Origin.Local, local, only.Type);
                value = only;
                continue;
            }

            return bare switch
            {
                { ConstantValue.HasValue: true } => (Origin.Constant, (bare as IFieldReferenceOperation)?.Field, bare.Type),
                IInstanceReferenceOperation => (Origin.This, null, bare.Type),
                // What a local got from a field is no more that of the field once that gets another.
                IFieldReferenceOperation { Field: var field } => (steps > 0 && MayBeReplaced(field) ? Origin.Other : Origin.Field, field, bare.Type),
                IPropertyReferenceOperation { Property: var property } => (model.IsMadeAnew(property, Cancel) ? Origin.Fresh : Origin.Property, property, bare.Type),
                IParameterReferenceOperation { Parameter: var parameter } => (Origin.Parameter, parameter, bare.Type),
                ITypeOfOperation { TypeOperand: var type } => (Origin.TypeOf, type, bare.Type),
                IInvocationOperation { TargetMethod: var method } => (IsMadeHere(bare) ? Origin.Fresh : Origin.Other, method, bare.Type),
                _ => (IsMadeHere(bare) ? Origin.Fresh : Origin.Other, null, bare.Type),
            };
        }

        return (Origin.Other, null, value.Type);
    }

    private bool IsMadeHere(IOperation value) => value switch
    {
        IObjectCreationOperation or IArrayCreationOperation or IAnonymousObjectCreationOperation or ITypeParameterObjectCreationOperation => true,
        IInterpolatedStringOperation or IBinaryOperation { Type.SpecialType: SpecialType.System_String } => !value.ConstantValue.HasValue,
        IInvocationOperation call => Facts.About(call.TargetMethod, Effect.Owned) is not null,
        _ => false,
    };

    /// <summary>No other code can have the local's object: in its own function it is locked, or used as the container it is, and nothing else.</summary>
    private bool IsKeptHere(ILocalSymbol local) => Places.Definitions.UsesOf(local).All(use => IsOfSameFunction(use, local) && Outer(use) switch
    {
        ILockOperation => true,
        IArgumentOperation { Parent: IInvocationOperation call } => model.TakesLock(call),
        IInvocationOperation { Instance: { } receiver } call =>
            Places.Bare(receiver) == use && (model.TakesLock(call) || Facts.About(local.Type, Effect.Container) is not null),
        IPropertyReferenceOperation or IForEachLoopOperation => Facts.About(local.Type, Effect.Container) is not null,
        _ => false,
    });

    private static IOperation? Outer(IOperation operation)
    {
        var outer = operation.Parent;
        while (outer is IConversionOperation or IParenthesizedOperation)
            outer = outer.Parent;
        return outer;
    }

    private static bool IsOfSameFunction(IOperation use, ILocalSymbol local)
    {
        IOperation? around = use;
        while (around is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation))
            around = around.Parent;
        var function = around switch { IAnonymousFunctionOperation lambda => lambda.Symbol, ILocalFunctionOperation named => named.Symbol, _ => null };
        return local.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction } declaring
            ? SymbolEqualityComparer.Default.Equals(function, declaring)
            : function is null;
    }

    /// <summary>The scope that taking a lock returned goes nowhere: a statement of its own, a discard, a local nobody asks for.</summary>
    private void Dropped(IInvocationOperation call, Fact fact)
    {
        var outer = call.Parent;
        while (outer is IConversionOperation or IAwaitOperation || outer is IInvocationOperation view && Facts.About(view.TargetMethod, Effect.Same) is not null)
            outer = outer.Parent;
        if (outer is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation }
            || outer is ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } && IsForgotten(local))
            Into.Add(new Drop(LockOf(call, fact)?.Place, call.TargetMethod, call.Syntax.Span));
    }

    private bool IsForgotten(ILocalSymbol local) =>
        !Places.Definitions.UsesOf(local).Any()
        && local.DeclaringSyntaxReferences is [var declaration]
        && declaration.GetSyntax(Cancel).Parent?.Parent is LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 };

    /// <summary>A private readonly field whose object is as plain as can be: anything but a lock statement has other plans with it.</summary>
    private void Used(IFieldReferenceOperation reference)
    {
        if (reference.Field is not { IsReadOnly: true, DeclaredAccessibility: Accessibility.Private, Type.SpecialType: SpecialType.System_Object } field)
            return;
        var syntax = reference.Syntax;
        while (syntax.Parent is ParenthesizedExpressionSyntax)
            syntax = syntax.Parent;
        if (syntax.Parent is not LockStatementSyntax)
            Into.Add(new OtherUse(field.OriginalDefinition, reference.Syntax.Span));
    }

    /// <summary>A field gets an object in some other way than by a plain assignment.</summary>
    private void Stored(IFieldReferenceOperation reference)
    {
        if (!followsPaths && MayBeReplaced(reference.Field) && reference.Parent is not ISimpleAssignmentOperation
            && IsWritten(reference) && Places.Of(reference) is { } place)
            Into.Add(new Assign(place, reference.Parent is IArgumentOperation { Parameter.RefKind: RefKind.Ref } ? Change.Lend : Change.Replace, reference.Syntax.Span));
    }

    private static bool MayBeReplaced(ISymbol? member) => member is IFieldSymbol { IsReadOnly: false, Type.IsReferenceType: true };

    private Change ChangeOf(IOperation target, IOperation value) =>
        target is IFieldReferenceOperation reference && IsFresh(reference.Instance, reference) ? Change.Begin
        : Places.Bare(value) is { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation ? Change.Clear
        : Change.Replace;

    /// <summary>The value goes where other code can use it: an argument, a return value, another variable.</summary>
    private bool IsHandedOver(IOperation reference) => reference.Parent switch
    {
        IConversionOperation conversion => IsHandedOver(conversion),
        IArgumentOperation { Parent: IInvocationOperation call } => !model.UsesLock(call),
        IArgumentOperation or IReturnOperation => true,
        IAssignmentOperation assignment => assignment.Value == reference,
        _ => false,
    };
}
