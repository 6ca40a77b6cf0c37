using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// State that other threads may have too: what is done to it.
internal sealed partial class Reader
{
    private readonly bool _shares = model.Shares(Outermost(owner.ContainingType));

    /// <summary>What the base calls before the constructor has run finds nothing in fields that never change either.</summary>
    private readonly bool _mayBeEarly = owner is IMethodSymbol { IsOverride: true } && model.FollowsStart(owner.ContainingType);

    private Tested Checks => field ??= new();

    /// <summary>What a graph meets again; there the operations around a reference are no longer what was written.</summary>
    public Dictionary<TextSpan, Access>? Accesses { get; init; }

    private void Accessed(ISymbol member, IOperation? instance, IOperation reference)
    {
        if (!_shares || member is IFieldSymbol { IsConst: true } || !IsNear(member))
            return;
        if (followsPaths)
        {
            if (Accesses!.TryGetValue(reference.Syntax.Span, out var known))
                Into.Add(known);
            return;
        }

        if (IsOwned(instance, reference) || Places.Of(reference) is not { Member: { } named } place
            || !named.Equals(member.OriginalDefinition, SymbolEqualityComparer.Default))
            return;
        var shape = ShapeOf(reference, place, out var value);
        var outer = Outer(reference);
        if (IsChangeByMany(outer) && place.IsOfInstanceOrStatic)
            Into.Add(new SafeUse(place, reference.Syntax.Span));
        if (IsFixed(member) && shape is not (Shape.Use or Shape.Enumerate or Shape.Change or Shape.Write) && !_mayBeEarly)
            return;
        Into.Add(new Access(place, shape, reference.Syntax.Span)
        {
            IsWide = shape != Shape.Atomic && TypeOf(member) is { IsValueType: true } type && Widths.IsWide(type, Facts) && !IsOfOnePart(reference, shape),
            IsTested = shape is Shape.Read or Shape.Use or Shape.Enumerate or Shape.Change && outer is not IInterpolationOperation
                && Checks.HasValue(place, reference.Syntax.Span),
            Stored = value is null ? null : Places.Bare(value)?.Type,
            Value = value?.Syntax.Span ?? default,
            IfAny = outer is IConditionalAccessOperation,
            IsTaken = outer is IVariableInitializerOperation,
            IsTurn = shape == Shape.Initialize && IsTurn(value, reference),
            By = shape is Shape.Change
                ? (outer as IInvocationOperation ?? outer?.Parent as IInvocationOperation)?.TargetMethod ?? (outer as IMemberReferenceOperation)?.Member
                : null,
            Repeated = shape == Shape.Enumerate && outer is IForEachLoopOperation { Body: var body } ? body.Syntax.Span : default,
            Clears = shape == Shape.Atomic && outer is IArgumentOperation { Parent: IInvocationOperation { Arguments: [_, { Value: var instead }] } }
                && Places.Bare(instead) is { ConstantValue: { HasValue: true, Value: null } },
        });
    }

    /// <summary>A flag is set as a statement of its own, and something is done after it in the same block.</summary>
    private static bool IsTurn(IOperation? value, IOperation flag) =>
        value is { ConstantValue: { HasValue: true, Value: true }, Parent: { Parent: IExpressionStatementOperation { Parent: IBlockOperation } } }
        && Branches.LaterStatements(flag).Any(static later => later.DescendantsAndSelf().Any(static part => part is IInvocationOperation or IObjectCreationOperation));

    /// <summary>Of a value of several words one alone is read.</summary>
    private bool IsOfOnePart(IOperation reference, Shape shape) =>
        shape is Shape.Read or Shape.Test && reference.Parent is IFieldReferenceOperation { Field.Type: var part } of && of.Instance == reference
            && !(part.IsValueType && Widths.IsWide(part, Facts));

    /// <summary>What an interface holds is told by what is put in.</summary>
    private void Filled(ISymbol member, ISymbolInitializerOperation initializer)
    {
        if (_shares && TypeOf(member) is { TypeKind: TypeKind.Interface } && Own(member) is { } place && Places.Bare(initializer.Value)?.Type is { } stored)
            Into.Add(new Access(place, Shape.Write, initializer.Syntax.Span) { Stored = stored });
    }

    /// <summary>Puts in, replaces or takes out what has a name in a container for many threads; what has none may come from one and go to one.</summary>
    private bool IsChangeByMany(IOperation? use) => use switch
    {
        IInvocationOperation { TargetMethod: var method } => Facts.About(method, Effect.Step) is { Kind: "add" or "supply" or "replace" or "remove" },
        IPropertyReferenceOperation { Property: var item } => IsWritten(use) && Facts.About(item, Effect.Step) is { Kind: "item" },
        _ => false,
    };

    /// <summary>It is always the same object, though what is in that may change.</summary>
    private static bool IsFixed(ISymbol member) => member is IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null or { IsInitOnly: true } };

    private Shape ShapeOf(IOperation reference, Place place, out IOperation? value)
    {
        value = null;
        if (Checks.Note(place, reference))
            return Shape.Test;
        var outer = Outer(reference);
        Copied(outer, place);
        switch (outer)
        {
            case ISimpleAssignmentOperation assignment when assignment.Target == reference:
                value = assignment.Value;
                return AssignedShape(value, place, reference);
            case ICoalesceAssignmentOperation assignment when assignment.Target == reference:
                value = assignment.Value;
                return Shape.Initialize;
            case ICompoundAssignmentOperation assignment when assignment.Target == reference:
            case IIncrementOrDecrementOperation:
                return Shape.Update;
            case ITupleOperation { Parent: IDeconstructionAssignmentOperation deconstruction } target when deconstruction.Target == target:
                return Shape.Write;
            case IArgumentOperation { Parent: { } call } argument:
                return PassedShape(call, argument);
            case IConditionalAccessOperation access when access.Operation == reference:
                return UsedIfAny(access.WhenNotNull);
            case IForEachLoopOperation loop when Places.Bare(loop.Collection) == reference:
                return Shape.Enumerate;
            case IArrayElementReferenceOperation element when Places.Bare(element.ArrayReference) == reference:
                return IsWritten(element) ? Shape.Change : Shape.Use;
            case IInvocationOperation call when Places.Bare(call.Instance) == reference:
                return Done(model.About(call), Fact.Receiver) ?? Shape.Read;
            // How many there are is one number.
            case IPropertyReferenceOperation { Property: var size } when Shapes.IsSize(size):
                return Shape.Read;
            case IPropertyReferenceOperation property when Places.Bare(property.Instance) == reference:
                return Done(Facts.About(property.Property, property.Instance?.Type)
                    .RemoveAll(fact => fact.Effect == Effect.Writes != IsWritten(property)), Fact.Receiver) ?? Shape.Read;
            default:
                return Shape.Read;
        }
    }

    /// <summary>A test of a copy is one of what was copied.</summary>
    private void Copied(IOperation? outer, Place place)
    {
        if (outer is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: { Type.IsReferenceType: true } copy } } && place.Member is { } member
            && !IsFixed(member) && Places.Definitions.Of(copy) is not null)
            foreach (var use in Places.Definitions.UsesOf(copy))
                Checks.Note(place, use);
    }

    /// <summary><c>x?.M()</c> reads the reference once, whatever M does.</summary>
    private Shape UsedIfAny(IOperation use)
    {
        while (use is not (IInvocationOperation { Instance: IConditionalAccessInstanceOperation }
            or IPropertyReferenceOperation { Instance: IConditionalAccessInstanceOperation }) && use.ChildOperations.FirstOrDefault() is { } first)
            use = first;
        return use is IInvocationOperation call ? Done(model.About(call), Fact.Receiver) ?? Shape.Test : Shape.Test;
    }

    private Shape AssignedShape(IOperation value, Place place, IOperation reference) =>
        value.DescendantsAndSelf().Take(64).Any(part => part is IFieldReferenceOperation or IPropertyReferenceOperation && place.Equals(Places.Of(part))) ? Shape.Update
        : Checks.HasNone(place, reference.Syntax.Span) ? Shape.Initialize
        : Places.Bare(value) is IDefaultValueOperation or { ConstantValue: { HasValue: true, Value: null or false or 0 } } ? Shape.Clear
        : Shape.Write;

    private Shape PassedShape(IOperation call, IArgumentOperation argument)
    {
        var about = call is IInvocationOperation invocation ? model.About(invocation)
            : call is IObjectCreationOperation { Constructor: { } constructor } ? Facts.About(constructor)
            : ImmutableArray<Fact>.Empty;
        var ordinal = argument.Parameter?.Ordinal ?? 0;
        foreach (var fact in about)
            if (fact.Effect == Effect.Atomic && fact.On == ordinal)
                return Shape.Atomic;
        return argument.Parameter?.RefKind switch
        {
            RefKind.Out => Shape.Write,
            RefKind.Ref => Shape.Update,
            _ => Done(about, ordinal) ?? Shape.Read,
        };
    }

    /// <summary>What is done to the elements of a container; what both reads and changes them changes them.</summary>
    private static Shape? Done(ImmutableArray<Fact> facts, int on)
    {
        Shape? done = null;
        foreach (var fact in facts)
            if (fact.On == on || fact.On == Fact.Each && on >= 0)
                done = fact.Effect switch
                {
                    Effect.Writes => Shape.Change,
                    Effect.Enumerates when done != Shape.Change => Shape.Enumerate,
                    Effect.Reads => done ?? Shape.Use,
                    _ => done,
                };
        return done;
    }

    /// <summary>A local object nobody else has yet: its only value is a new object.</summary>
    private bool IsFresh(IOperation? instance, IOperation at, int names = 0) => Places.Bare(instance) switch
    {
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } => true,
        ILocalReferenceOperation { Local: var local } => Places.Bare(Places.Definitions.Of(local)) is { } only
            && (IsNew(only) || only is ILocalReferenceOperation && names < MaxAliases && IsFresh(only, at, names + 1))
            && !Places.Definitions.IsShared(local, at.Syntax.SpanStart),
        IObjectCreationOperation => true,
        _ => false,
    };

    private bool IsNew(IOperation value) =>
        value is IObjectCreationOperation || value is IInvocationOperation call && Facts.About(call.TargetMethod, Effect.Owned) is not null;
}
