using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// Calls nobody wrote as calls: operators, event accessors, what foreach, using and interpolation run.
internal sealed partial class Reader
{
    public void Implied(IOperation operation)
    {
        switch (operation.Kind)
        {
            case OperationKind.Binary:
                var binary = (IBinaryOperation)operation;
                Operator(binary.OperatorMethod, operation);
                if (binary.OperatorKind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan
                    or BinaryOperatorKind.GreaterThanOrEqual)
                    Ranked(binary);
                break;
            case OperationKind.Unary:
                Operator(((IUnaryOperation)operation).OperatorMethod, operation);
                break;
            case OperationKind.Conversion:
                Operator(((IConversionOperation)operation).OperatorMethod, operation);
                break;
            case OperationKind.Increment or OperationKind.Decrement:
                Operator(((IIncrementOrDecrementOperation)operation).OperatorMethod, operation);
                break;
            case OperationKind.CompoundAssignment:
                Operator(((ICompoundAssignmentOperation)operation).OperatorMethod, operation);
                break;
            case OperationKind.EventAssignment
                when operation is IEventAssignmentOperation { EventReference: IEventReferenceOperation { Event: var changed, Instance: var on }, Adds: var adds }:
                if ((adds ? changed.AddMethod : changed.RemoveMethod) is { IsImplicitlyDeclared: false } accessor && IsOurs(changed))
                    Called(accessor, on, ImmutableArray<IArgumentOperation>.Empty, operation);
                break;
            case OperationKind.Interpolation:
                var shown = ((IInterpolationOperation)operation).Expression;
                Member(Places.Bare(shown)?.Type, Shapes.Text, shown);
                break;
        }
    }

    /// <summary>A loop or using statement of which no graph is made; in a graph its calls are calls.</summary>
    public void ImpliedByStatement(IOperation statement)
    {
        switch (statement)
        {
            case IForEachLoopOperation { Collection: var collection }:
                Member(Places.Bare(collection)?.Type, Shapes.Enumeration, collection);
                break;
            case IUsingOperation { Resources: IVariableDeclarationGroupOperation declared, IsAsynchronous: var awaits }:
                Disposed(declared, awaits);
                break;
            case IUsingOperation { Resources: var resource, IsAsynchronous: var awaits }:
                Member(Places.Bare(resource)?.Type, awaits ? Shapes.AsyncDisposal : Shapes.Disposal, resource);
                NeedsPaths |= !awaits && InAsync && EndingOf(resource) is not null;
                break;
            case IUsingDeclarationOperation { DeclarationGroup: var declared, IsAsynchronous: var awaits }:
                Disposed(declared, awaits);
                break;
        }
    }

    private void Disposed(IVariableDeclarationGroupOperation declared, bool awaits)
    {
        foreach (var declaration in declared.Declarations)
            foreach (var variable in declaration.Declarators)
                if (variable.Initializer is { Value: var value })
                {
                    Member(Places.Bare(value)?.Type, awaits ? Shapes.AsyncDisposal : Shapes.Disposal, value);
                    NeedsPaths |= !awaits && InAsync && EndingOf(variable.Symbol.Type, value) is not null;
                }
    }

    /// <summary>In a graph the end of a using statement is a call of the interface's member, whatever the type of what it disposes of.</summary>
    private bool DisposedBy(IInvocationOperation call)
    {
        if (!Shapes.Disposes(call.TargetMethod) || call.TargetMethod.ContainingType.TypeKind != TypeKind.Interface)
            return false;
        var value = Places.Bare(call.Instance);
        if (value is ILocalReferenceOperation { Local: var local } && Places.Bare(Places.Definitions.Of(local)) is { } only)
            value = only;
        var before = Into.Count;
        Member(value?.Type, call.TargetMethod.Name, value!);
        return Into.Count > before;
    }

    private void Operator(IMethodSymbol? method, IOperation at)
    {
        if (method is not null && IsOurs(method))
            Called(method, null, ImmutableArray<IArgumentOperation>.Empty, at);
    }

    private void Ranked(IInvocationOperation call)
    {
        if (!_mayRank)
            return;
        if (Shapes.Compares(call.TargetMethod))
            Ranked((IOperation)call);
        else if (Shapes.Sorts(call.TargetMethod))
            Into.Add(new Rank(ImmutableArray<ISymbol>.Empty, call.Syntax.Span));
    }

    /// <summary>Two objects of the callers' choice are compared, themselves or by something of theirs.</summary>
    private void Ranked(IOperation comparison)
    {
        if (!_mayRank)
            return;
        var roots = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var pending = new Stack<IOperation>();
        pending.Push(comparison);
        for (var steps = 0; pending.Count > 0 && steps < 64; steps++)
        {
            var part = pending.Pop();
            if (Places.Bare(part) is IParameterReferenceOperation { Parameter: var parameter })
                roots.Add(parameter.OriginalDefinition);
            else if (part is IInstanceReferenceOperation { Type: { } type })
                roots.Add(type.OriginalDefinition);
            else if (part is ILocalReferenceOperation { Local: var local } && Places.Definitions.Of(local) is { } value)
                pending.Push(value);
            foreach (var child in part.ChildOperations)
                pending.Push(child);
        }

        if (roots.Count > 1)
            Into.Add(new Rank(ImmutableArray.CreateRange(roots), comparison.Syntax.Span));
    }

    /// <summary>Somebody else chooses an object this member works on.</summary>
    private readonly bool _mayRank = owner is IMethodSymbol method
        && method.Parameters.Any(parameter => parameter.Type is { IsReferenceType: true, SpecialType: SpecialType.None });

    /// <summary>The parameterless member of a type of this compilation, called on a value.</summary>
    private void Member(ITypeSymbol? type, string name, IOperation on)
    {
        if (type is not INamedTypeSymbol || !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, owner.ContainingAssembly))
            return;
        for (var t = type; t is { SpecialType: SpecialType.None }; t = t.BaseType)
            foreach (var member in t.GetMembers(name))
                if (member is IMethodSymbol { Parameters.IsEmpty: true, IsStatic: false, IsImplicitlyDeclared: false } method && IsOurs(method))
                {
                    Called(method, on, ImmutableArray<IArgumentOperation>.Empty, on);
                    return;
                }
    }

    /// <summary>What a call returns is gone through at once, so that an iterator's body runs here.</summary>
    private bool IsEnumerated(IOperation call)
    {
        var (outer, inner) = (call.Parent, call);
        while (outer is IConversionOperation)
            (inner, outer) = (outer, outer.Parent);
        return outer switch
        {
            IForEachLoopOperation loop => loop.Collection == inner,
            IInvocationOperation { IsImplicit: true, TargetMethod: var method } when Shapes.Enumerates(method) => true,
            IArgumentOperation { Parameter.Ordinal: var ordinal, Parent: IInvocationOperation consumer } =>
                Facts.About(consumer.TargetMethod, Effect.Enumerates) is { } goes && goes.On == ordinal,
            _ => false,
        };
    }
}
