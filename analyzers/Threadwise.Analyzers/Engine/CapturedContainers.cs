using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>What a function does to a collection that other code has too.</summary>
/// <param name="Member">What is called on it, or the property that is set.</param>
/// <param name="At">The collection's name in the code.</param>
internal sealed record ContainerUse(ISymbol Variable, ISymbol Member, IOperation At, bool Changes);

/// <summary>Finds what functions do to collections that are not safe for several threads, and that other code uses meanwhile.</summary>
internal sealed class CapturedContainers(Facts facts, Confinement confined, Places places)
{
    /// <summary>What each of several runs of one function changes.</summary>
    public IEnumerable<ContainerUse> Of(Run run) => In(run).Where(use => use.Changes && run.IsInCommon(use.Variable) && !IsOwnElement(use, run));

    /// <summary>What one of two functions changes, and the other uses.</summary>
    public IEnumerable<(ContainerUse Change, ContainerUse Other, Run In)> Of(Run one, Run other)
    {
        var (here, there) = (In(one).ToList(), In(other).ToList());
        foreach (var (use, run, others) in here.Select(use => (use, one, there)).Concat(there.Select(use => (use, other, here))))
            if (use.Changes && !IsPlaced(use)
                && others.FirstOrDefault(meanwhile => SymbolEqualityComparer.Default.Equals(meanwhile.Variable, use.Variable)) is { } counterpart)
                yield return (use, counterpart, run);
    }

    /// <summary>What the code that started a function changes before it waits for it, though the function uses it, or the other way round.</summary>
    public IEnumerable<(ContainerUse Change, ContainerUse Other)> OfBody(Run run, IOperation body)
    {
        var inside = In(run).Where(use => run.IsCaptured(use.Variable)).ToList();
        if (inside.Count == 0)
            yield break;
        var around = CapturedChanges.Around(run.Start);
        foreach (var use in Uses(body))
            if (use.At.Syntax.SpanStart > run.Start.Syntax.Span.End && use.At.Syntax.SpanStart < run.Until && CapturedChanges.Around(use.At) == around
                && !CapturedChanges.Excludes(run.Start, use.At)
                && inside.FirstOrDefault(other => SymbolEqualityComparer.Default.Equals(other.Variable, use.Variable) && (other.Changes || use.Changes)
                    && !IsPlaced(other) && !IsPlaced(use)) is { } meanwhile)
                yield return use.Changes ? (use, meanwhile) : (meanwhile, use);
    }

    private IEnumerable<ContainerUse> In(Run run) => Uses(run.Function).Where(use => run.IsCaptured(use.Variable) && confined.IsBeside(use.At, run));

    private IEnumerable<ContainerUse> Uses(IOperation code)
    {
        foreach (var use in CapturedUse.In(code, facts))
            if (IsUnsafe(use.Variable) && Done(use) is { } done)
                yield return done;
    }

    private ContainerUse? Done(CapturedUse use)
    {
        var at = use.At;
        while (at.Parent is IConversionOperation)
            at = at.Parent;
        return at.Parent switch
        {
            IInvocationOperation call when call.Instance == at => Done(use, call.TargetMethod, facts.About(call.TargetMethod, call.Instance.Type), Fact.Receiver),
            IArgumentOperation { Parameter.Ordinal: var ordinal, Parent: IInvocationOperation call } =>
                Done(use, call.TargetMethod, facts.About(call.TargetMethod), ordinal),
            IPropertyReferenceOperation property when property.Instance == at && facts.About(property.Property) is var known => IsSet(property)
                ? known.Any(static fact => fact.Effect == Effect.Writes) ? new(use.Variable, property.Property, use.At, Changes: true) : null
                : known.Any(static fact => fact.Effect == Effect.Reads) ? new(use.Variable, property.Property, use.At, Changes: false) : null,
            IForEachLoopOperation => new(use.Variable, use.Variable, use.At, Changes: false),
            _ => null,
        };
    }

    private static ContainerUse? Done(CapturedUse use, IMethodSymbol method, ImmutableArray<Fact> known, int on)
    {
        foreach (var fact in known)
            if (fact.Effect is Effect.Writes or Effect.Reads or Effect.Enumerates && (fact.On == on || fact.On == Fact.Receiver && on == 0 && method.IsExtensionMethod))
                return new(use.Variable, method, use.At, fact.Effect == Effect.Writes);
        return null;
    }

    private static bool IsSet(IPropertyReferenceOperation property) =>
        property.Parent is IAssignmentOperation assignment && assignment.Target == property || property.Parent is IIncrementOrDecrementOperation;

    /// <summary>An element of a list is replaced; the list itself stays as it is.</summary>
    private static bool IsPlaced(ContainerUse use) => use.Member is IPropertySymbol { IsIndexer: true, ContainingType: var type } && Shapes.IsPositional(type);

    private static bool IsOwnElement(ContainerUse use, Run run)
    {
        if (!IsPlaced(use))
            return false;
        var at = use.At;
        while (at.Parent is IConversionOperation)
            at = at.Parent;
        return at.Parent is IPropertyReferenceOperation { Arguments: var indices }
            && indices.Any(index => index.Value.DescendantsAndSelf()
                .Any(part => part is IInvocationOperation || CapturedChanges.VariableOf(part) is { } variable && !run.IsInCommon(variable)));
    }

    /// <summary>A collection that is not safe for several threads: by its type, or by the object that is certainly in it.</summary>
    private bool IsUnsafe(ISymbol variable)
    {
        var type = variable switch { ILocalSymbol local => local.Type, IParameterSymbol parameter => parameter.Type, IFieldSymbol field => field.Type, _ => null };
        if (type is null || facts.About(type, Effect.Container) is null || facts.About(type, Effect.ThreadSafe) is not null || Shapes.IsOfThread(variable))
            return false;
        return variable is ILocalSymbol { } one && places.Bare(places.Definitions.Of(one)) is { Type: { } created } value
            ? created.TypeKind == TypeKind.Class && facts.About(created, Effect.ThreadSafe) is null && facts.About(created, Effect.Immutable) is null
                && facts.About(created, Effect.Container) is not null
                && !(value is IInvocationOperation call && facts.About(call.TargetMethod, Effect.ThreadSafe) is not null)
            : type.TypeKind == TypeKind.Class;
    }
}
