using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>Turns operations, met in the order they run, into events. One for a member and what is written in it.</summary>
internal sealed partial class Reader(Model model, ISymbol owner, Places places, bool followsPaths, CancellationToken cancel)
{
    private int _statements;
    private readonly INamedTypeSymbol _outermost = Outermost(owner.ContainingType);
    private readonly bool _waits = model.Waits(Outermost(owner.ContainingType));

    private readonly bool _isOfInterface = model.LeavesInterface(Outermost(owner.ContainingType));

    /// <summary>Where events go: the body, and within it the stretch of straight code, that is being read.</summary>
    public ImmutableArray<Event>.Builder Into { get; set; } = ImmutableArray.CreateBuilder<Event>();

    /// <summary>What can be said of the member at a glance, whatever way control goes.</summary>
    public List<Event> Remarks { get; } = new(0);

    public Places Places { get; } = places;

    public CancellationToken Cancel { get; } = cancel;

    /// <summary>Exceptions out of handlers are not followed: clean-up code that fails is another story.</summary>
    public bool InHandler { get; set; }

    /// <summary>In a handler of exceptions.</summary>
    public bool OnFailure { get; set; }

    /// <summary>Lambdas handed to something that calls them with a completed task.</summary>
    public HashSet<IMethodSymbol> GivenCompleted => field ??= new(SymbolEqualityComparer.Default);

    /// <summary>The lambdas met in a control-flow graph.</summary>
    public List<IFlowAnonymousFunctionOperation> Lambdas => field ??= new();

    /// <summary>Something was met that only paths can tell about.</summary>
    public bool NeedsPaths { get; set; }

    /// <summary>The function being read is asynchronous.</summary>
    public bool InAsync { get; set; }

    private Facts Facts => model.Facts;

    /// <summary>By kind, which is a number: most operations are of no interest, and testing for an interface is slow.</summary>
    public void Visit(IOperation operation)
    {
        Passed(operation);
        switch (operation.Kind)
        {
            case OperationKind.Invocation:
                Ranked((IInvocationOperation)operation);
                Visit((IInvocationOperation)operation);
                break;
            case OperationKind.PropertyReference:
                Visit((IPropertyReferenceOperation)operation);
                break;
            case OperationKind.FieldReference:
                var reference = (IFieldReferenceOperation)operation;
                Touched(reference.Field, reference.Instance, reference);
                Accessed(reference.Field, reference.Instance, reference);
                Stored(reference);
                Used(reference);
                break;
            case OperationKind.Await:
                Visit((IAwaitOperation)operation);
                break;
            case OperationKind.ObjectCreation:
                Visit((IObjectCreationOperation)operation);
                break;
            case OperationKind.MethodReference:
                Delegate(((IMethodReferenceOperation)operation).Method, operation);
                break;
            case OperationKind.AnonymousFunction:
                Delegate(((IAnonymousFunctionOperation)operation).Symbol, operation);
                break;
            case OperationKind.FlowAnonymousFunction:
                Lambdas.Add((IFlowAnonymousFunctionOperation)operation);
                Delegate(((IFlowAnonymousFunctionOperation)operation).Symbol, operation);
                break;
            default:
                VisitOther(operation);
                break;
        }
    }

    private void VisitOther(IOperation operation)
    {
        Implied(operation);
        switch (operation.Kind)
        {
            case OperationKind.YieldReturn:
                Into.Add(new Yield(operation.Syntax.Span));
                break;
            case OperationKind.Throw:
                Risky(operation, always: true);
                break;
            case OperationKind.SimpleAssignment:
                Bound(((ISimpleAssignmentOperation)operation).Target, ((ISimpleAssignmentOperation)operation).Value);
                Ended((ISimpleAssignmentOperation)operation);
                break;
            case OperationKind.CompoundAssignment:
                Changed(((ICompoundAssignmentOperation)operation).Target);
                break;
            case OperationKind.EventReference:
                Raised((IEventReferenceOperation)operation);
                break;
            case OperationKind.Tuple when operation.Parent is IDeconstructionAssignmentOperation:
                foreach (var target in ((ITupleOperation)operation).Elements)
                    Changed(target);
                break;
            case OperationKind.FlowCapture:
                var capture = (IFlowCaptureOperation)operation;
                Flagged(capture.Id, capture.Value);
                Scoped(capture.Id, capture.Value);
                break;
            case OperationKind.FieldInitializer when operation is IFieldInitializerOperation { InitializedFields: [var field, ..] } initializer:
                Begun(field, initializer.Value);
                Filled(field, initializer);
                break;
            case OperationKind.PropertyInitializer when operation is IPropertyInitializerOperation { InitializedProperties: [var property, ..] } initializer:
                Begun(property, initializer.Value);
                Filled(property, initializer);
                break;
        }
    }

    /// <summary>Visits the operations below and at a root in the order they run.</summary>
    public void VisitAll(IOperation root)
    {
        var pending = model.Stacks.Take(root);
        while (pending.Count > 0)
        {
            var (operation, done) = pending[pending.Count - 1];
            pending.RemoveAt(pending.Count - 1);
            if (done)
            {
                Refound(operation);
                Visit(operation);
                continue;
            }

            pending.Add((operation, true));
            if (operation.Kind is OperationKind.NameOf or OperationKind.FlowAnonymousFunction)
                continue;
            var first = pending.Count;
            foreach (var child in operation.ChildOperations)
                pending.Add((child, false));
            pending.Reverse(first, pending.Count - first);
        }

        model.Stacks.Return(pending);
    }

    private void Visit(IAwaitOperation await)
    {
        var task = Places.Task(await.Operation);
        Into.Add(new Await(await.Syntax.Span));
        if (_isOfInterface && Places.Bare(await.Operation) is IInvocationOperation { Arguments: [.., { Value.ConstantValue: var choice }] } said
            && Shapes.LeavesContext(said.TargetMethod, choice))
            Into.Add(new LeftContext(said.TargetMethod, await.Syntax.Span));
        WokenBy(task is IInvocationOperation { Instance: { Type: { } asked } receiver } && Facts.About(asked, Effect.Synchronizes) is not null ? receiver : task, await);
        if (task is IInvocationOperation call && LockTaken(call, await))
            return;
        Completed(await.Operation, await.Syntax.Span);
        Risky(await);
    }

    private void Visit(IObjectCreationOperation creation)
    {
        SourceCreated(creation);
        if (creation.Constructor is { } constructor && Facts.About(constructor, Effect.NoThrow) is null)
            Called(constructor, null, creation.Arguments, creation);
    }

    private void Visit(IPropertyReferenceOperation reference)
    {
        var property = reference.Property;
        foreach (var fact in Facts.About(property))
        {
            NeedsPaths |= fact.Effect == Effect.Tests || fact.Effect == Effect.Proves && InAsync;
            if (fact.Effect == Effect.Blocks)
                Blocked(fact, property, reference.Instance, reference);
            else if (fact.Effect == Effect.Pipes)
                Piped(fact, reference);
        }

        Touched(property, reference.Instance, reference);
        if (!IsOurs(property))
            return;
        var write = IsWritten(reference);
        if (property.Equals(model.Behind(property, Cancel), SymbolEqualityComparer.Default))
            Accessed(property, reference.Instance, reference);
        else if ((write ? property.SetMethod : property.GetMethod) is { } accessor)
            Called(accessor, reference.Instance, reference.Arguments, reference);
    }

    private void Touched(ISymbol member, IOperation? instance, IOperation reference)
    {
        Kept(member, instance, reference);
        if (_waits && followsPaths)
            Used(member, reference);
        if (model.IsAnnotated && model.Guards.Of(member) is not null)
            Into.Add(new Touch(member, member.IsStatic ? null : Places.Of(instance), IsFresh(instance, reference), IsWritten(reference), reference.Syntax.Span));
        else if (IsHandedOver(reference) && MayBeLock(TypeOf(member)) && Places.Of(reference) is { } place)
            Into.Add(new Expose(place, reference.Syntax.Span));
    }

    /// <summary>In the same outermost type.</summary>
    private bool IsNear(ISymbol member) => Outermost(member.ContainingType).Equals(_outermost, SymbolEqualityComparer.Default);

    private bool MayBeLock(ITypeSymbol type) => type.SpecialType == SpecialType.System_Object || Facts.About(type, Effect.Lock) is not null;

    private bool IsOurs(ISymbol member) => SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, owner.ContainingAssembly);

    private void Risky(IOperation operation, bool always = false) => Risky(operation.Syntax.Span, always);

    private void Risky(TextSpan span, bool always = false)
    {
        if (followsPaths && (always || !InHandler) && !(Into.Count > 0 && Into[Into.Count - 1] is Risk or Unknown { Throws: true }))
            Into.Add(new Risk(span));
    }

    public static ITypeSymbol TypeOf(ISymbol member) => member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type;

    public static INamedTypeSymbol Outermost(INamedTypeSymbol type)
    {
        while (type.ContainingType is { } outer)
            type = outer;
        return type.OriginalDefinition;
    }

    private static bool IsWritten(IOperation reference) => reference.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == reference,
        IIncrementOrDecrementOperation => true,
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } => true,
        ITupleOperation { Parent: IDeconstructionAssignmentOperation } => true,
        _ => false,
    };
}
