using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// State that leaves its lock, that is looked at for a second section, that a loop waits for, or by which an object's use ends.
internal sealed partial class Reader
{
    /// <summary>What an earlier section of the same lock found is acted on in this one.</summary>
    private void Split(ILockOperation statement, Place taken)
    {
        if (statement.Parent is not IBlockOperation { Operations: { Length: <= MaxStatements } beside } || beside.IndexOf(statement) is var at && at < 1)
            return;
        foreach (var earlier in beside.Take(at).OfType<ILockOperation>())
            if (taken.Equals(Places.Of(earlier.LockedValue)))
                foreach (var (local, state, read) in KeptFrom(earlier))
                    if (new SectionBehindTest(model, Places, statement, state, taken, read.Syntax.Span).ActsOn(local, LeadsTo(statement, beside, at)) is { } split)
                    {
                        Remarks.Add(split);
                        return;
                    }
    }

    /// <summary>What members were read into locals that outlive the section.</summary>
    private IEnumerable<(ILocalSymbol Local, Place State, IOperation Read)> KeptFrom(ILockOperation section) =>
        from assignment in section.Body.Descendants().OfType<ISimpleAssignmentOperation>()
        where assignment.Target is ILocalReferenceOperation
        from read in assignment.Value.DescendantsAndSelf()
        where read is IFieldReferenceOperation or IPropertyReferenceOperation
        let place = Places.Of(read)
        where place is { Path.Length: 1, IsOfInstanceOrStatic: true, Member: IFieldSymbol or IPropertySymbol } && IsNear(place.Member)
        select (((ILocalReferenceOperation)assignment.Target).Local, place, read);

    /// <summary>The conditions between two sections, and around what leads to the second one.</summary>
    private static IEnumerable<IOperation> LeadsTo(ILockOperation statement, ImmutableArray<IOperation> beside, int at) =>
        beside.Take(at).OfType<IConditionalOperation>().Where(static before => before.WhenFalse is null && Branches.Leaves(before.WhenTrue))
            .Select(static before => before.Condition)
            .Concat(statement.Body.Descendants().OfType<IConditionalOperation>().Select(static choice => choice.Condition));

    /// <summary>A container, or a query over one, is returned out of a lock statement.</summary>
    private void Returned(IOperation value, IOperation container, bool isQuery)
    {
        if (_shares && !followsPaths && IsReturned(value) && ContainerOf(container) is { } place
            && (LockAround(value) is var taken && taken is not null || !isQuery && IsFixed(place.Member!)))
            Remarks.Add(new Leaving(place.Member!, taken, isQuery, value.Syntax.Span));
    }

    /// <summary>The container itself, or another view of it, which shows what is in it by then.</summary>
    private IOperation ViewOf(IOperation container) => Outer(container) switch
    {
        IArgumentOperation { Parent: IObjectCreationOperation { Constructor: { } constructor } view } when Facts.About(constructor, Effect.Same) is not null => view,
        IInvocationOperation { TargetMethod: var method, Instance: { } instance } view when Places.Bare(instance) == container
            && Facts.About(method, Effect.Same) is not null => view,
        _ => container,
    };

    private void Queried(IInvocationOperation call)
    {
        if (_statements == 0 || followsPaths)
            return;
        if (call.Instance is { } changed && Facts.About(call.TargetMethod, Effect.Writes) is not null
            && ContainerOf(changed) is { } place && LockAround(call) is { } taken)
            Remarks.Add(new LockedChange(place.Member!, taken, call.Syntax.Span));
        IOperation source = call;
        while (source is IInvocationOperation { TargetMethod: { IsExtensionMethod: true } query, Arguments: [{ Value: var first }, ..] }
            && Facts.About(query, Effect.Defers) is not null && query.ReturnType.TypeKind == TypeKind.Interface)
            source = Places.Bare(first)!;
        if (source != call)
            Returned(call, source, isQuery: true);
    }

    private static bool IsReturned(IOperation value) =>
        value.Parent is IConversionOperation conversion ? IsReturned(conversion) : value.Parent is IReturnOperation { Kind: OperationKind.Return };

    /// <summary>A container of this object, or of its type, that no two threads may use at once.</summary>
    private Place? ContainerOf(IOperation value) =>
        Places.Bare(value) is IFieldReferenceOperation { Field: { DeclaredAccessibility: Accessibility.Private or Accessibility.Protected, Type: var type } } reference
            && Facts.About(type, Effect.Container) is not null
        && Places.Of(reference) is { Path.Length: 1, IsOfInstanceOrStatic: true } place ? place : null;

    private Place? LockAround(IOperation operation)
    {
        for (var around = operation.Parent; around is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); around = around.Parent)
            if (around is ILockOperation statement)
                return Places.Of(statement.LockedValue);
        return null;
    }

    /// <summary>A loop that does nothing by which the compiler would have to look again.</summary>
    public void Spun(IOperation operation)
    {
        var (condition, body) = operation switch
        {
            IWhileLoopOperation loop => (loop.Condition, loop.Body),
            IForLoopOperation { AtLoopBottom: { } } loop => (loop.Condition, loop.Body),
            _ => default,
        };
        if (condition is null || body is null || !condition.DescendantsAndSelf().All(IsOfMembers))
            return;
        var read = condition.DescendantsAndSelf()
            .Where(static part => part is (IFieldReferenceOperation or IPropertyReferenceOperation or ILocalReferenceOperation) and { ConstantValue.HasValue: false })
            .ToList();
        if (read.Find(IsFlag) is { } flag && operation.DescendantsAndSelf().All(IsPlain) && !read.Exists(part => IsChangedIn(operation, Places.Of(part)))
            && read.TrueForAll(part => part is not ILocalReferenceOperation { Local: var local } || IsSetBeside(local, operation)))
            Remarks.Add(new Spin(flag is IMemberReferenceOperation { Member: var member } ? member : ((ILocalReferenceOperation)flag).Local, flag.Syntax.Span));
    }

    private bool IsFlag(IOperation read) =>
        read is ILocalReferenceOperation || read is IMemberReferenceOperation { Member: var member } && IsNear(member) && IsSettable(read);

    /// <summary>Another function than the one of the loop gives the variable its value, and both mean the same variable.</summary>
    private bool IsSetBeside(ILocalSymbol local, IOperation loop) =>
        Places.Definitions.UsesOf(local).Any(use => IsWritten(use) && Branches.Function(use) != Branches.Function(loop));

    /// <summary>Nothing but members of this object or of types, variables and constants.</summary>
    private static bool IsOfMembers(IOperation part) =>
        part is IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation } or ILocalReferenceOperation or IInstanceReferenceOperation
            or ILiteralOperation or IUnaryOperation or IBinaryOperation or IConversionOperation or IIsPatternOperation or IPatternOperation;

    private bool IsSettable(IOperation read) => Places.Of(read) is { Member: IFieldSymbol { IsReadOnly: false } or IPropertySymbol { SetMethod: not null } };

    private bool IsChangedIn(IOperation loop, Place? place) => place is null
        || loop.Descendants().Any(other => other is IFieldReferenceOperation or IPropertyReferenceOperation or ILocalReferenceOperation
            && IsWritten(other) && place.Equals(Places.Of(other)));

    /// <summary>No call, nothing that waits, and no reading that says it is made every time.</summary>
    private bool IsPlain(IOperation operation) => operation switch
    {
        IFieldReferenceOperation { Field.IsVolatile: var isVolatile } => !isVolatile,
        IPropertyReferenceOperation { Property: var property } =>
            model.Behind(property, Cancel) is { } behind && behind is not IFieldSymbol { IsVolatile: true } && IsOurs(property),
        IInvocationOperation or IAwaitOperation or IObjectCreationOperation or ILockOperation or IUsingOperation or IThrowOperation or IDynamicInvocationOperation
            or IReturnOperation or IBranchOperation or IEventReferenceOperation or IAnonymousFunctionOperation
            or ITryOperation or IArrayElementReferenceOperation or IConversionOperation { OperatorMethod: not null } or IBinaryOperation { OperatorMethod: not null } =>
                false,
        { Kind: OperationKind.None } => false,
        _ => true,
    };

    /// <summary>A flag is set by which the end of an object's use knows that it has begun.</summary>
    private void Ended(ISimpleAssignmentOperation assignment)
    {
        if (followsPaths || owner is not IMethodSymbol method || !(Shapes.CleansUp(method) || Shapes.DisposesAsync(method))
            || assignment is not { Target: IFieldReferenceOperation { Field: { IsVolatile: false, Type.SpecialType: SpecialType.System_Boolean } flag } target,
                Value.ConstantValue: { HasValue: true, Value: true } })
            return;
        var whole = assignment.Parent!;
        while (whole.Parent is { } around and not (IAnonymousFunctionOperation or ILocalFunctionOperation))
            whole = around;
        if (Branches.Own(whole).All(IsRepeatable))
            return;
        for (IOperation inner = assignment; inner.Parent is { } outer and not (ILockOperation or IAnonymousFunctionOperation or ILocalFunctionOperation); inner = outer)
            foreach (var lead in LeadsFrom(outer, inner))
                if (SymbolEqualityComparer.Default.Equals(lead.Place.Member, flag.OriginalDefinition) && lead.Found is { Kind: StateKind.Is, Value: false }
                    && LockAround(lead.Tested) is null && LockAround(assignment) is null)
                {
                    Remarks.Add(new EndedTwice(flag, lead.Tested.Syntax.Span, target.Syntax.Span));
                    return;
                }
    }

    /// <summary>Done twice it does no more than done once: what is written is the same, and what is disposed of may be again.</summary>
    private static bool IsRepeatable(IOperation step) => step switch
    {
        IInvocationOperation { TargetMethod: var called } => Shapes.MayBeRepeated(called),
        IEventAssignmentOperation { Adds: var adds } => !adds,
        _ => step is not (ICompoundAssignmentOperation or IIncrementOrDecrementOperation or IDynamicInvocationOperation or IObjectCreationOperation),
    };
}
