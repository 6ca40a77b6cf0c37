using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>A lock statement that control came to because of what a test found: what happens inside to what was tested.</summary>
/// <param name="tested">Where the state was tested.</param>
internal sealed class SectionBehindTest(Model model, Places places, ILockOperation statement, Place state, Place taken, TextSpan tested)
{
    private readonly ImmutableArray<IOperation> _inside = ImmutableArray.CreateRange(statement.Body.DescendantsAndSelf());

    private TextSpan Named => statement.LockedValue.Syntax.Span;

    private ImmutableArray<IOperation> Uses => field.IsDefault ? field = ImmutableArray.CreateRange(_inside.Where(IsState)) : field;

    /// <summary>What the test found may not be so any more where it is acted on.</summary>
    public Unrepeated? Unrepeated(State found, IMethodSymbol? asked) =>
        !Uses.IsEmpty && Uses.All(IsAction) && !_inside.Any(AsksOthers) && ActedOn(found, asked) is { } acted
            ? new(state, taken, Named, acted.Syntax.Span, tested)
            : null;

    /// <summary>A flag was not set, and so something is put into a container, whatever the flag says by now.</summary>
    public Unrepeated? Filled(State found) =>
        found is { Kind: StateKind.Is, Value: false } && Uses.IsEmpty && !_inside.Any(AsksOthers)
        && _inside.FirstOrDefault(put => put is IInvocationOperation call && model.Facts.About(call.TargetMethod, Effect.Writes) is not null
            && Shapes.Grows(call.TargetMethod) == true && IsUnconditional(put)
            && PlaceOf(places.Bare(call.Instance)!) is { Path.Length: 1, IsOfInstanceOrStatic: true }) is IInvocationOperation { Instance: { } container } act
            ? new(state, taken, Named, act.Syntax.Span, tested) { Filled = PlaceOf(places.Bare(container)!) }
            : null;

    /// <summary>The state is written by what this local remembers of it, and nobody looks whether that is still so.</summary>
    /// <param name="leads">Conditions on the way.</param>
    public Split? ActsOn(ILocalSymbol local, IEnumerable<IOperation> leads)
    {
        bool Remembers(IOperation operation) =>
            operation.DescendantsAndSelf().Any(use => use is ILocalReferenceOperation { Local: var named } && SymbolEqualityComparer.Default.Equals(named, local));
        if (Uses.IsEmpty || !Uses.All(IsAction) || _inside.Any(AsksOthers))
            return null;
        var written = Uses.FirstOrDefault(use => Written(use) is not null
            || use.Parent is IInvocationOperation call && call.Instance == use && model.Facts.About(call.TargetMethod, Effect.Writes) is not null);
        return written is not null && (Remembers(written.Parent!) || leads.Any(Remembers)) ? new(state, taken, tested, Named, written.Syntax.Span) : null;
    }

    /// <summary>The test is repeated, and still does not keep out those who must wait.</summary>
    public BrokenCheck? Misfit(State found)
    {
        if (Uses.FirstOrDefault(use => !IsAction(use)) is not { } again)
            return Different(found);
        if (IsReady(found) || Uses.FirstOrDefault(use => Written(use) is { } value && !IsNull(value) && use.Syntax.SpanStart > again.Syntax.SpanStart) is not { } written)
            return null;
        if (Widths.IsWide(TypeOf(state.Member!), model.Facts))
            return new(Engine.Misfit.Wide, state, "", Named, tested);
        return Rest(written) is { } rest ? new(Engine.Misfit.Early, state, NameOf(rest), Named, StatementOf(written).Syntax.Span) { Then = rest.Syntax.Span }
            : MadeBefore(written) is { } made
                ? new(Engine.Misfit.Unordered, state, made.ToString(), Named, StatementOf(written).Syntax.Span) { Made = made, Then = statement.Syntax.Span }
            : null;
    }

    /// <summary>What a plain flag stands for: another plain field. Processors, and the runtime's memory model, may let others see the two writes in the other order.</summary>
    private Place? MadeBefore(IOperation flag) =>
        state.Member is IFieldSymbol { IsVolatile: false, Type.SpecialType: SpecialType.System_Boolean } && !_inside.Any(IsFence)
        && _inside.FirstOrDefault(made => made.Syntax.SpanStart < flag.Syntax.SpanStart
            && Initializes(made)) is ISimpleAssignmentOperation { Target: IFieldReferenceOperation { Field.IsVolatile: false } target } ? places.Of(target) : null;

    private bool IsFence(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod: var method } && model.Facts.About(method).Any(static fact => fact.Effect is Effect.Atomic or Effect.Fences);

    /// <summary>Control came here because all was done already: that is no lazy initialization.</summary>
    private static bool IsReady(State found) => found is { Kind: StateKind.IsNot, Value: null } or { Kind: StateKind.Is, Value: true } or { Kind: StateKind.More };

    /// <summary>Another one of the same type is tested and written in its place.</summary>
    private BrokenCheck? Different(State found)
    {
        if (!Uses.IsEmpty || found is not ({ Kind: StateKind.Is, Value: null }) || _inside.Any(MayWrite))
            return null;
        foreach (var operation in _inside)
            if (operation is ISimpleAssignmentOperation { Target: var target, Value: var value } && !IsNull(value)
                && places.Of(target) is { Path.Length: 1, IsOfInstanceOrStatic: true } other
                && SymbolEqualityComparer.Default.Equals(target.Type, TypeOf(state.Member!)) && _inside.Any(use => !IsAction(use) && other.Equals(PlaceOf(use))))
                return new(Engine.Misfit.Different, state, other.ToString(), Named, tested);
        return null;
    }

    /// <summary>What initializes more of the object, or the object that was stored, after it was published in the same critical section.</summary>
    private IOperation? Rest(IOperation written)
    {
        var stored = places.Bare(Written(written));
        var isFlag = TypeOf(state.Member!).SpecialType == SpecialType.System_Boolean;
        var local = stored is ILocalReferenceOperation { Local: var alias } ? alias : null;
        foreach (var operation in _inside)
            if (operation.Syntax.SpanStart > StatementOf(written).Syntax.Span.End && IsBeside(StatementOf(written), operation)
                && (isFlag ? Initializes(operation) : Completes(operation, local)))
                return operation;
        return null;
    }

    /// <summary>Stores an object in another member: whoever finds the flag set may look for it.</summary>
    private bool Initializes(IOperation operation) =>
        operation is ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Type.IsReferenceType: true } target, Value: var value } && !IsNull(value)
            && places.Of(target) is { Path.Length: 1, IsOfInstanceOrStatic: true };

    /// <summary>Writes into the object that was stored.</summary>
    private bool Completes(IOperation operation, ILocalSymbol? local) => operation switch
    {
        IAssignmentOperation { Target: IMemberReferenceOperation { Instance: var on } } => IsStored(on, local),
        IInvocationOperation { Instance: { } on } call when model.Facts.About(call.TargetMethod, Effect.Writes) is not null
            || Shapes.Prepares(call.TargetMethod) => IsStored(on, local),
        _ => false,
    };

    private bool IsStored(IOperation? on, ILocalSymbol? local) =>
        places.Bare(on) is { } bare && (bare is ILocalReferenceOperation { Local: var named } && SymbolEqualityComparer.Default.Equals(named, local) || IsState(bare));

    /// <summary>Runs whenever the statement does, after it.</summary>
    private static bool IsBeside(IOperation statement, IOperation later)
    {
        for (var at = later; at is not null; at = at.Parent)
            if (at.Parent == statement.Parent)
                return true;
        return false;
    }

    private IOperation? ActedOn(State found, IMethodSymbol? asked) => found switch
    {
        _ when (asked is not null || found.Kind is StateKind.More or StateKind.Less) && IsSafe(state.Member!) => null,
        _ when asked is not null => found.Value is false ? Acts.FirstOrDefault(use => Grows(use) == true) : null,
        { Kind: StateKind.More } => Acts.FirstOrDefault(use => Grows(use) == false),
        { Kind: StateKind.Less } => Acts.FirstOrDefault(use => Grows(use) == true),
        { Kind: StateKind.Is, Value: null } => Acts.FirstOrDefault(use => Written(use) is { } value && !IsNull(value)),
        { Kind: StateKind.IsNot, Value: null } => Acts.Any(use => Written(use) is { } value && IsNull(value)) ? Acts.FirstOrDefault(IsOn) : null,
        { Kind: StateKind.Is or StateKind.IsNot, Value: bool } =>
            DoesMore ? Acts.FirstOrDefault(use => Written(use)?.ConstantValue is { HasValue: true, Value: bool value } && !Equals(value, found.Value)) : null,
        _ => null,
    };

    /// <summary>What is done to the state whatever else is found inside.</summary>
    private IEnumerable<IOperation> Acts => Uses.Where(IsUnconditional);

    private bool IsUnconditional(IOperation use)
    {
        for (var around = use.Parent; around is not null && around != statement; around = around.Parent)
            if (around is IConditionalOperation or ISwitchOperation or ILoopOperation)
                return false;
        return true;
    }

    /// <summary>Not only flags are set, which nobody minds twice.</summary>
    private bool DoesMore =>
        _inside.Any(static operation => operation is IInvocationOperation or IObjectCreationOperation or IAssignmentOperation { Value.ConstantValue.HasValue: false });

    private bool? Grows(IOperation use) =>
        use.Parent is IInvocationOperation { TargetMethod: { ReturnType.SpecialType: not SpecialType.System_Boolean, Parameters: var parameters } method } call
            && call.Instance == use
        && model.Facts.About(method, Effect.Writes) is not null && Shapes.Grows(method) is { } grows && (grows || !parameters.IsEmpty || !method.ReturnsVoid)
            ? grows
            : null;

    /// <summary>The state is written, or used as the object it is: nothing that a test would be.</summary>
    private bool IsAction(IOperation use) => Written(use) is not null || IsOn(use);

    private bool IsOn(IOperation use) => use.Parent switch
    {
        IInvocationOperation call => call.Instance == use
            && (call.Parent is IExpressionStatementOperation
                || call.TargetMethod.ReturnType.SpecialType != SpecialType.System_Boolean && model.Facts.About(call.TargetMethod, Effect.Writes) is not null),
        IMemberReferenceOperation { Instance: var on, Parent: IAssignmentOperation assignment } member => on == use && assignment.Target == member,
        IEventReferenceOperation { Instance: var on, Parent: IEventAssignmentOperation } => on == use,
        _ => false,
    };

    private static IOperation? Written(IOperation use) => use.Parent is ISimpleAssignmentOperation assignment && assignment.Target == use ? assignment.Value : null;

    /// <summary>Code of the type decides something, and may look at the state.</summary>
    private bool AsksOthers(IOperation operation) => operation is IConditionalOperation { Condition: var condition } && condition.DescendantsAndSelf().Any(IsOwnCall);

    /// <summary>What is called names the state.</summary>
    private bool MayWrite(IOperation operation) => IsOwnCall(operation)
        && (operation is IInvocationOperation { TargetMethod: var method }
            ? method
            : ((IMemberReferenceOperation)operation).Member).OriginalDefinition.DeclaringSyntaxReferences
            .Any(part => part.GetSyntax().DescendantTokens().Any(token => token.ValueText == state.Member!.Name));

    private bool IsOwnCall(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: var method } => SymbolEqualityComparer.Default.Equals(method.ContainingType, state.Member!.ContainingType),
        IPropertyReferenceOperation { Property: var property } =>
            SymbolEqualityComparer.Default.Equals(property.ContainingType, state.Member!.ContainingType) && model.Behind(property, default) is null,
        _ => false,
    };

    private bool IsState(IOperation operation) => state.Equals(PlaceOf(operation));

    private Place? PlaceOf(IOperation operation) => operation is IFieldReferenceOperation or IPropertyReferenceOperation ? places.Of(operation) : null;

    private bool IsSafe(ISymbol member) => model.Facts.About(TypeOf(member), Effect.ThreadSafe) is not null;

    private static IOperation StatementOf(IOperation operation)
    {
        while (operation.Parent is { } outer and not IBlockOperation)
            operation = outer;
        return operation;
    }

    private static string NameOf(IOperation rest) => rest switch
    {
        IAssignmentOperation { Target: IMemberReferenceOperation { Member.Name: var name } } => name,
        IInvocationOperation { TargetMethod.Name: var name } => name,
        _ => "",
    };

    private static bool IsNull(IOperation value) => value.ConstantValue is { HasValue: true, Value: null }
        || value is IConversionOperation { Operand: var inner } && IsNull(inner) || value is IDefaultValueOperation { Type.IsReferenceType: true };

    private static ITypeSymbol TypeOf(ISymbol member) => member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type;
}
