using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.CodeFixes;

/// <summary>Code that others may be made to wait for: it takes no lock, waits for nobody, and everything that runs in it is known or can be read.</summary>
/// <param name="isKnown">Whether a member that is not written here may be called.</param>
/// <param name="mayTouch">Whether the code may come to a field; to any, where nothing is said.</param>
internal sealed class OpenCode(Finding finding, Func<ISymbol, bool> isKnown, Func<IFieldSymbol, bool>? mayTouch = null)
{
    private const int MaxMembers = 30;

    private readonly HashSet<ISymbol> _read = new(SymbolEqualityComparer.Default);

    /// <summary>The members that were read because the code comes to them.</summary>
    public IEnumerable<SyntaxNode> Read => _read.SelectMany(static member => member.DeclaringSyntaxReferences).Select(declared => declared.GetSyntax(finding.Cancel))
        .Where(static syntax => !IsEmpty(syntax));

    public bool Is(SyntaxNode code) => ModelOf(code).GetOperation(code, finding.Cancel) is { } operation && Is(operation);

    private bool Is(IOperation code)
    {
        var pending = new Stack<IOperation>();
        for (pending.Push(code); pending.Count > 0;)
        {
            var operation = pending.Pop();
            if (IsRunLater(operation))
                continue;
            if (!MayStand(operation))
                return false;
            foreach (var inner in operation.ChildOperations)
                pending.Push(inner);
        }

        return true;
    }

    private bool MayStand(IOperation operation) => operation switch
    {
        ILockOperation or IUsingOperation or IUsingDeclarationOperation or IWhileLoopOperation or IForLoopOperation or IInvalidOperation
            or IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicObjectCreationOperation or ITypeParameterObjectCreationOperation => false,
        IForEachLoopOperation { Collection: var all } => Bare(all).Type is { } type && (type is IArrayTypeSymbol || isKnown(type.OriginalDefinition)),
        IInvocationOperation call => MayCall(call.TargetMethod, call.IsVirtual),
        IObjectCreationOperation { Constructor: { } constructor } => MayCreate(constructor),
        IPropertyReferenceOperation { Property: var property } => MayUse(property),
        IMethodReferenceOperation named => MayCall(named.Method, named.IsVirtual),
        IEventAssignmentOperation { EventReference: IEventReferenceOperation { Event.DeclaringSyntaxReferences.IsEmpty: var isElsewhere } } => isElsewhere,
        IFieldReferenceOperation { Field: var field } => mayTouch is null || mayTouch(field.OriginalDefinition),
        IArgumentOperation { Value: var value } => Bare(value) is var given && !RunsUnseen(given),
        IInterpolationOperation { Expression: var part } => IsSaid(part),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String, LeftOperand: var left,
            RightOperand: var right } => IsSaid(left) && IsSaid(right),
        IBinaryOperation { OperatorMethod: { } method } => MayCall(method, isVirtual: false),
        IUnaryOperation { OperatorMethod: { } method } => MayCall(method, isVirtual: false),
        IConversionOperation { OperatorMethod: { } method } => MayCall(method, isVirtual: false),
        ICompoundAssignmentOperation { OperatorMethod: { } method } => MayCall(method, isVirtual: false),
        IIncrementOrDecrementOperation { OperatorMethod: { } method } => MayCall(method, isVirtual: false),
        _ => true,
    };

    /// <summary>A delegate whose code is elsewhere, or elements that are made while somebody asks for them.</summary>
    private bool RunsUnseen(IOperation given) =>
        given is not (IDelegateCreationOperation or IInvocationOperation or ILiteralOperation or IDefaultValueOperation) && given.Type is { } type
        && (type.TypeKind == TypeKind.Delegate
            || (type.TypeKind == TypeKind.Interface || !type.DeclaringSyntaxReferences.IsEmpty) && IsSequence(type) && !isKnown(type.OriginalDefinition));

    /// <summary>Nobody else's code makes a text of it.</summary>
    private bool IsSaid(IOperation part) =>
        Bare(part).Type is not { } type || type.TypeKind == TypeKind.Enum || type.SpecialType is not (SpecialType.None or SpecialType.System_Object)
        || type is INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: true, TypeKind: not TypeKind.Interface } named && isKnown(named.OriginalDefinition);

    private static bool IsSequence(ITypeSymbol type) =>
        type.AllInterfaces.Append(type).Any(static contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable);

    private static IOperation Bare(IOperation operation) => operation is IConversionOperation { IsImplicit: true, Operand: var inner } ? Bare(inner) : operation;

    /// <summary>A delegate that is handed to what starts it, or keeps it; not one that runs when somebody goes through what comes out.</summary>
    private bool IsRunLater(IOperation operation) => operation is IDelegateCreationOperation { Parent: IArgumentOperation { Parent: { } to } }
        && (to is IInvocationOperation { TargetMethod: { } method } ? method : (to as IObjectCreationOperation)?.Constructor) is { } called
        && !IsSequence(called.ReturnType) && finding.Facts.About(called).Any(static fact => fact.Effect is Effect.Starts or Effect.Defers);

    private bool MayCall(IMethodSymbol method, bool isVirtual)
    {
        if (method.MethodKind == MethodKind.DelegateInvoke || Stops(method))
            return false;
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        if (definition.DeclaringSyntaxReferences is not [var declared])
            return isKnown(definition);
        return !(isVirtual && method is { IsVirtual: true } or { IsAbstract: true } or { IsOverride: true, IsSealed: false }) && MayRead(definition, declared);
    }

    private bool MayUse(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences.IsEmpty ? !Stops(property) && isKnown(property.OriginalDefinition)
        : (property.ContainingType.IsSealed || property is not ({ IsVirtual: true } or { IsAbstract: true } or { IsOverride: true, IsSealed: false }))
            && new[] { property.GetMethod, property.SetMethod }.All(accessor => accessor is null || accessor.DeclaringSyntaxReferences is not [var declared]
                || MayRead(accessor.OriginalDefinition, declared));

    /// <summary>A constructor also runs what the fields of its type begin with.</summary>
    private bool MayCreate(IMethodSymbol constructor)
    {
        var type = constructor.ContainingType.OriginalDefinition;
        if (type.DeclaringSyntaxReferences.IsEmpty)
            return !Stops(constructor) && isKnown(constructor.OriginalDefinition);
        return type.BaseType is null or { SpecialType: SpecialType.System_Object or SpecialType.System_ValueType }
            && (constructor.DeclaringSyntaxReferences is not [var declared] || MayRead(constructor.OriginalDefinition, declared))
            && type.DeclaringSyntaxReferences.SelectMany(static part => (part.GetSyntax() as TypeDeclarationSyntax)?.Members ?? default)
                .SelectMany(static member => member.DescendantNodes(static node => !Function.Is(node) || node is PropertyDeclarationSyntax)
                .OfType<EqualsValueClauseSyntax>()).All(Is);
    }

    private bool MayRead(ISymbol member, SyntaxReference declared) =>
        !_read.Add(member) || _read.Count <= MaxMembers && declared.GetSyntax(finding.Cancel) is var syntax && (IsEmpty(syntax) || Is(syntax));

    /// <summary>An accessor that is made by the compiler, or a constructor that is the head of its type.</summary>
    private static bool IsEmpty(SyntaxNode member) =>
        member is AccessorDeclarationSyntax { Body: null, ExpressionBody: null } or TypeDeclarationSyntax or ParameterSyntax;

    private bool Stops(ISymbol member) => finding.Facts.About(member).Any(static fact =>
        fact.Effect is Effect.Acquires or Effect.Tries or Effect.Waits or Effect.Completes or Effect.Combines
            || fact.Effect == Effect.Blocks && fact.Kind is not ("sleep" or "io"));

    private SemanticModel ModelOf(SyntaxNode code) =>
        code.SyntaxTree == finding.Root.SyntaxTree ? finding.Model : finding.Model.Compilation.GetSemanticModel(code.SyntaxTree);
}
