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
        if (Places.Of(statement.LockedValue) is not { } place)
            return;
        var span = statement.LockedValue.Syntax.Span;
        var mode = model.LockTypes.ModeOfStatement(statement.LockedValue.Type);
        Into.Add(begins
            ? new Acquire(new Lock(place, mode, model.LockTypes.OfStatement), null, span, span)
            : new Release(place, mode, span));
    }

    private void Visit(IInvocationOperation call)
    {
        var target = call.TargetMethod;
        if (followsPaths)
            foreach (var argument in call.Arguments)
                if (argument.Parameter?.RefKind is RefKind.Out or RefKind.Ref)
                    Changed(argument.Value);

        var (throws, locks) = (true, false);
        foreach (var fact in model.About(call))
        {
            locks |= fact.Effect is Effect.Acquires or Effect.Tries or Effect.Releases;
            NeedsPaths |= fact.Effect is Effect.Acquires or Effect.Tries or Effect.Releases or Effect.Tests;
            switch (fact.Effect)
            {
                case Effect.Acquires or Effect.Tries when !IsAwaitable(target.ReturnType):
                    LockTaken(call, call);
                    break;
                case Effect.Releases when LockOf(call, fact) is { } released:
                    Into.Add(new Release(released.Place, released.Mode, call.Syntax.Span));
                    return;
                case Effect.Asserts when call.Arguments.Length > fact.Arg:
                    Into.AddRange(Conditions(call.Arguments[fact.Arg].Value, true));
                    return;
                case Effect.NoThrow:
                    throws = false;
                    break;
                case Effect.Blocks:
                    Blocked(fact, target, TaskOf(call, fact), call);
                    break;
            }
        }

        if (_scopes.Count > 0 && Shapes.Disposes(target) && call.Instance is { } disposed && KeyOf(disposed) is { } key && _scopes.TryGetValue(key, out var scope))
            Into.Add(new Release(scope.Place, scope.Mode, call.Syntax.Span));
        else if (throws && !locks)
            Called(target, call.Instance, call.Arguments, call);
    }

    /// <summary>Emits the acquisition a call makes, at the operation whose completion means that it was made.</summary>
    private bool LockTaken(IInvocationOperation call, IOperation at)
    {
        foreach (var fact in model.About(call))
        {
            if (fact.Effect is not (Effect.Acquires or Effect.Tries) || LockOf(call, fact) is not { } taken)
                continue;
            var flag = fact.Flag is { } index && index < call.Arguments.Length ? KeyOf(call.Arguments[index].Value) : null;
            var endless = fact.Effect == Effect.Tries && IsEndless(call, fact);
            if (fact.Effect == Effect.Acquires || endless)
                Into.Add(new Acquire(taken, endless ? flag ?? call.Syntax.Span : flag, (fact.On == Fact.Receiver ? call.Instance : Argument(call, fact.On))!.Syntax.Span, call.Syntax.Span));
            else
                Into.Add(new TryAcquire(taken, flag ?? call.Syntax.Span, call.Syntax.Span));
            return true;
        }

        return false;
    }

    private Lock? LockOf(IInvocationOperation call, Fact fact)
    {
        var value = fact.On == Fact.Receiver ? call.Instance : Argument(call, fact.On);
        if (Places.Of(value) is not { } place)
            return null;
        var nature = call.IsImplicit && fact.On != Fact.Receiver ? model.LockTypes.OfStatement : model.LockTypes.Of(call.TargetMethod, fact.On == Fact.Receiver ? value?.Type : null);
        return new Lock(place, fact.On != Fact.Receiver && nature == model.LockTypes.OfStatement ? model.LockTypes.ModeOfStatement(Places.Bare(value)?.Type) : fact.Mode, nature);
    }

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
        if (KeyOf(target) is { } key)
        {
            Flagged(key, value);
            Scoped(key, value);
        }

        if (Places.Of(target) is not { } place)
            return;
        Created(place, value);
        if (followsPaths || place.Member is IFieldSymbol { IsReadOnly: false, Type: var stored } && MayBeLock(stored))
            Into.Add(new Assign(target is ILocalReferenceOperation { Local: var local } ? Place.Of(local) : place, target.Syntax.Span));
        if (target is ILocalReferenceOperation { Local: var task } && IsCompleteByItself(value))
            Into.Add(new Complete(Place.Of(task), target.Syntax.Span));
    }

    /// <summary>A counted lock that is stored: how many does it admit?</summary>
    private void Created(Place? place, IOperation value)
    {
        if (place is null || Places.Bare(value) is not IObjectCreationOperation { Type: { } type } creation || Facts.About(type, Effect.Lock) is not { Counted: true })
            return;
        Into.Add(new Create(place, creation.Arguments.Length > 0 && creation.Arguments.All(IsOneOrUnlimited), creation.Syntax.Span));
    }

    private static bool IsOneOrUnlimited(IArgumentOperation argument) =>
        argument.Value.ConstantValue is { HasValue: true, Value: 1 } || argument.ArgumentKind == ArgumentKind.DefaultValue;

    /// <summary>A variable gets a value nothing is known of.</summary>
    private void Changed(IOperation variable)
    {
        if (!followsPaths)
            return;
        if (KeyOf(variable) is { } flag)
            Into.Add(new SetFlag(flag, null, null, variable.Syntax.Span));
        if (Places.Of(variable) is { } place)
            Into.Add(new Assign(place, variable.Syntax.Span));
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

    /// <summary>A variable that holds what an acquisition returned: disposing of it gives the lock back.</summary>
    private void Scoped(object variable, IOperation value)
    {
        if (Places.Task(value is IAwaitOperation await ? await.Operation : value) is not { } source)
            return;
        if (Places.Bare(source) is IAwaitOperation inner)
            source = Places.Task(inner.Operation)!;
        if (source is IInvocationOperation call)
            foreach (var fact in model.About(call))
                if (fact is { Effect: Effect.Acquires, ReturnsScope: true } && LockOf(call, fact) is { } taken)
                    _scopes[variable] = _scopes[call.Syntax.Span] = taken;
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

    private bool IsAwaitable(ITypeSymbol type) => Facts.About(type, Effect.Task) is not null;
}
