using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// Locks: taken, tried, given back, created, and what they are remembered by (a flag, a scope).
internal sealed partial class Reader
{
    /// <summary>A <c>lock</c> statement begins or ends (only met where paths are not followed: a graph has calls in its place).</summary>
    public void Statement(ILockOperation statement, bool begins)
    {
        _statements += begins ? 1 : -1;
        if (begins)
            LockedObject(statement.LockedValue, !Facts.IsTakenByStatement(statement.LockedValue.Type));
        NeedsPaths |= _waits;
        if (begins && _statements > 1 && ElementPairs.In(statement, Places) is { } pair)
            Remarks.Add(pair);
        if (Places.Of(statement.LockedValue) is not { } place)
            return;
        var span = statement.LockedValue.Syntax.Span;
        if (begins && Sections.Empty(statement, place) is { } empty)
            Remarks.Add(empty);
        if (begins)
            Checked(statement);
        var mode = model.LockTypes.ModeOfStatement(statement.LockedValue.Type);
        Into.Add(begins
            ? new Acquire(new Lock(place, mode, model.LockTypes.OfStatement) { OnOwned = IsOwned(place) }, null, span, span)
            : new Release(place, mode, span));
    }

    private void Visit(IInvocationOperation call)
    {
        var target = call.TargetMethod;
        Lent(call);
        var (throws, locks, first) = (true, false, Into.Count);
        foreach (var fact in model.About(call))
        {
            locks |= fact.Effect is Effect.Acquires or Effect.Tries or Effect.Releases;
            NeedsPaths |= fact.Effect is Effect.Acquires or Effect.Tries or Effect.Releases or Effect.Tests || Signalled(call, fact);
            LockedObject(call, fact);
            switch (fact.Effect)
            {
                case Effect.Acquires or Effect.Tries when !IsAwaitable(target.ReturnType):
                    LockTaken(call, call);
                    break;
                case Effect.Releases when LockOf(call, fact) is { } released:
                    Into.Add(new Release(released.Place, released.Mode, call.Syntax.Span) { IsCounted = call.Arguments.Any(IsNumber) });
                    return;
                case Effect.Asserts when call.Arguments.Length > fact.Arg:
                    Into.AddRange(Conditions(call.Arguments[fact.Arg].Value, true));
                    return;
                case Effect.NoThrow:
                    throws = false;
                    break;
                case Effect.Completes:
                    Finished(call);
                    break;
                case Effect.Blocks:
                    Blocked(fact, target, TaskOf(call, fact), call);
                    break;
            }
        }

        Disposed(call);
        if (_scopes.Count > 0 && Shapes.Disposes(target) && call.Instance is { } disposed && KeyOf(disposed) is { } key && _scopes.TryGetValue(key, out var scope))
            Into.AddRange(GivenBack(scope, call.Syntax.Span));
        else if (throws && !locks && !(call.IsImplicit && DisposedBy(call)))
            Called(target, call.Instance, call.Arguments, call);
        Ended(call, first);
    }

    /// <summary>Variables that a call may change.</summary>
    private void Lent(IInvocationOperation call)
    {
        Queried(call);
        Published(call);
        foreach (var argument in call.Arguments)
            if (followsPaths && argument.Parameter?.RefKind is RefKind.Out or RefKind.Ref)
                Changed(argument.Value, argument.Parameter.RefKind == RefKind.Ref ? Change.Lend : Change.Replace);
    }

    /// <summary>Emits the acquisition a call makes, at the operation whose completion means that it was made.</summary>
    private bool LockTaken(IInvocationOperation call, IOperation at)
    {
        foreach (var fact in model.About(call))
        {
            if (fact is { Effect: Effect.Acquires, On: Fact.Each })
                return SetTaken(call, fact);
            if (fact.Effect is not (Effect.Acquires or Effect.Tries) || LockOf(call, fact) is not { } taken)
                continue;
            if (!followsPaths && fact is { Effect: Effect.Acquires, On: >= 0 } && Sections.Paired(call, fact, model, Places) is { } section)
                Remarks.Add(section);
            var flag = fact.Flag is { } index && index < call.Arguments.Length ? KeyOf(call.Arguments[index].Value) : null;
            var endless = fact.Effect == Effect.Tries && IsEndless(call, fact);
            if (fact.Effect == Effect.Acquires || endless)
                Into.Add(new Acquire(taken, endless ? flag ?? call.Syntax.Span : flag, On(call, fact)!.Syntax.Span, call.Syntax.Span)
                    { MayFail = !InHandler && call.Arguments.Any(IsWayOut), IsLookedAt = at is IAwaitOperation await && IsLookedAt(await.Operation) });
            else
                Tried(call, fact, new TryAcquire(taken, flag ?? call.Syntax.Span, call.Syntax.Span) { IsIgnored = flag is null && IsIgnored(at) });
            return true;
        }

        return false;
    }

    /// <summary>How many are given back, unless that is one.</summary>
    private static bool IsNumber(IArgumentOperation argument) =>
        argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Type.SpecialType: SpecialType.System_Int32, Value.ConstantValue: not { HasValue: true, Value: 1 } };

    /// <summary>A token by which somebody can end the wait.</summary>
    private static bool IsWayOut(IArgumentOperation argument) =>
        argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Type: var type,
            Value: not (IDefaultValueOperation or IPropertyReferenceOperation { Instance: null }) } && Shapes.Cancels(type);

    /// <summary>The task is in a local, and not for the wait alone.</summary>
    private bool IsLookedAt(IOperation task)
    {
        var value = Places.Bare(task);
        while (value is IInvocationOperation { Instance: { } receiver } view && Facts.About(view.TargetMethod, Effect.Same) is { On: Fact.Receiver })
            value = Places.Bare(receiver);
        return value is ILocalReferenceOperation { Local: var local } && Places.Definitions.UsesOf(local).Skip(1).Any();
    }

    private static bool IsIgnored(IOperation value) =>
        value.Parent is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation };

    private Lock? LockOf(IInvocationOperation call, Fact fact)
    {
        var value = On(call, fact);
        if (Places.Of(value) is not { } place)
            return null;
        var nature = call.IsImplicit && fact.On != Fact.Receiver
            ? model.LockTypes.OfStatement
            : model.LockTypes.Of(call.TargetMethod, fact.On == Fact.Receiver ? value?.Type : null);
        var mode = fact.On != Fact.Receiver && nature == model.LockTypes.OfStatement ? model.LockTypes.ModeOfStatement(Places.Bare(value)?.Type) : fact.Mode;
        return new Lock(place, mode, nature) { OnOwned = IsOwned(place) };
    }

    private bool IsOwned(Place place) =>
        place is { Root: Root.Local, Symbol: ILocalSymbol local }
            && Places.Task(Places.Definitions.Of(local)) is IObjectCreationOperation or IInvocationOperation or IAwaitOperation;

    private static IOperation? On(IInvocationOperation call, Fact fact) => fact.On == Fact.Receiver ? call.Instance : Argument(call, fact.On);

    /// <summary>A time limit of -1 is none.</summary>
    private static bool IsEndless(IInvocationOperation call, Fact fact) =>
        fact.Timeout is { } index && Argument(call, index) is { ConstantValue: { HasValue: true, Value: -1 } };

    private static IOperation? Argument(IInvocationOperation call, int ordinal)
    {
        foreach (var argument in call.Arguments)
            if (argument.Parameter?.Ordinal == ordinal)
                return argument.Value;
        return null;
    }

    private void Bound(IOperation target, IOperation value)
    {
        if (target is IMemberReferenceOperation { Instance: var changed, Member: var member })
            ChangedLate(changed, member.Name, target);
        else if (target is IArrayElementReferenceOperation { ArrayReference: var array })
            ChangedLate(array, "[…]", target);
        Publish(target, value);
        if (KeyOf(target) is { } key)
        {
            Flagged(key, value);
            Scoped(key, value);
        }

        if (Places.Of(target) is not { } place)
            return;
        Created(place, value);
        if (place is { IsOfInstanceOrStatic: true, Path.Length: 1 } && WorkOf(Places.Task(value)) is { } work)
            Into.Add(new Start(place, work, target.Syntax.Span));
        if (followsPaths || MayBeReplaced(place.Member))
            Into.Add(new Assign(target is ILocalReferenceOperation { Local: var local }
                ? Place.Of(local)
                : place, ChangeOf(Places.Bare(target)!, value), target.Syntax.Span));
        if (target is ILocalReferenceOperation { Local: var task } && IsCompleteByItself(value))
            Into.Add(new Complete(Place.Of(task), target.Syntax.Span));
    }

    /// <summary>A lock is stored: how many does it admit, and how often?</summary>
    private void Created(Place? place, IOperation value)
    {
        if (place is null || value.Type is not { } stored || Facts.About(stored, Effect.Lock) is not { Reentrant: false })
            return;
        if (Places.Bare(value) is IObjectCreationOperation creation)
            Into.Add(new Create(place, creation.Arguments.Length > 0 && creation.Arguments.All(IsOneOrUnlimited), creation.Arguments.Any(IsChoice), creation.Syntax.Span)
                { IsUncapped = IsUncapped(creation) });
        else if (value.ConstantValue is not { HasValue: true, Value: null } && place.Root != Root.Local)
            Into.Add(new Adopt(place, value.Syntax.Span));
    }

    /// <summary>One at first, and no second argument that says how many at most.</summary>
    private static bool IsUncapped(IObjectCreationOperation creation) =>
        creation is { Constructor.Parameters.Length: 1, Arguments: [{ Value: ILiteralOperation { ConstantValue.Value: 1 } }] }
        && creation.Type is INamedTypeSymbol { InstanceConstructors: var ways }
        && ways.Any(static way => way.Parameters is [{ Type.SpecialType: SpecialType.System_Int32 }, { Type.SpecialType: SpecialType.System_Int32 }]);

    /// <summary>Something else than the first of several ways is chosen.</summary>
    private static bool IsChoice(IArgumentOperation argument) =>
        argument.Parameter?.Type.TypeKind == TypeKind.Enum && argument.Value.ConstantValue is not { HasValue: true, Value: 0 };

    private static bool IsOneOrUnlimited(IArgumentOperation argument) =>
        argument.Value.ConstantValue is { HasValue: true, Value: 1 } || argument.ArgumentKind == ArgumentKind.DefaultValue;

    /// <summary>A variable gets a value nothing is known of.</summary>
    private void Changed(IOperation variable, Change change = Change.Replace)
    {
        if (!followsPaths)
            return;
        if (KeyOf(variable) is { } flag)
            Into.Add(new SetFlag(flag, null, null, variable.Syntax.Span));
        if (Places.Of(variable) is { } place)
            Into.Add(new Assign(place, change, variable.Syntax.Span));
    }

    private void Flagged(object flag, IOperation value)
    {
        if (!followsPaths || value.Type?.SpecialType is not SpecialType.System_Boolean)
            return;
        if (value.ConstantValue is { HasValue: true, Value: bool constant })
            Into.Add(new SetFlag(flag, null, constant, value.Syntax.Span));
        else
            Into.Add(new SetFlag(flag, KeyOf(value), null, value.Syntax.Span));
    }

    /// <summary>What identifies a value that says whether a lock was taken: its variable, or the call that gives it.</summary>
    private object? KeyOf(IOperation? value)
    {
        if (value is IFlowCaptureReferenceOperation { Id: var id } && Places.Bare(value) is IFlowCaptureReferenceOperation)
            return id;
        return Places.Bare(value) switch
        {
            ILocalReferenceOperation { Local: var local } => local,
            IParameterReferenceOperation { Parameter: var parameter } => parameter,
            IFieldReferenceOperation { Field: var field } => field,
            IDeclarationExpressionOperation declaration => KeyOf(declaration.Expression),
            IAwaitOperation await => KeyOf(Places.Task(await.Operation)),
            IInvocationOperation call => call.Syntax.Span,
            _ => null,
        };
    }

    /// <summary>What it stands for happens when it is awaited: a task, or what the language awaits like one.</summary>
    private bool IsAwaitable(ITypeSymbol type) => Facts.About(type, Effect.Task) is not null || Shapes.IsAwaited(type);
}
