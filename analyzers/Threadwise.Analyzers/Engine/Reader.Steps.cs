using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

// State that is changed in single steps: what is found in the tree is said again where the paths of the same code are followed.
internal sealed partial class Reader
{
    /// <summary>The member's type names what is changed in single steps.</summary>
    public bool SeesSteps { get; } = model.Steps(Outermost(owner.ContainingType));

    /// <summary>What was found at the operations of the tree, by their syntax.</summary>
    public Dictionary<SyntaxNode, IReadOnlyList<Event>> Found { get; set; } = new(0);

    private StepPairs Pairs => field ??= new(model, Places);

    private OnceMarks Once => field ??= new(model, Places);

    private FieldSteps Variables => field ??= new(model, Places);

    /// <summary>In the tree, where conditions stand around what they decide.</summary>
    public void Stepped(IOperation operation)
    {
        if (operation.Kind == OperationKind.Return)
            Returned((IReturnOperation)operation);
        var found = operation.Kind switch
        {
            OperationKind.Invocation => AtCall((IInvocationOperation)operation),
            OperationKind.ObjectCreation => AtCreation((IObjectCreationOperation)operation),
            OperationKind.PropertyReference => operation is IPropertyReferenceOperation { Arguments.Length: 1 } item ? Pairs.At(item) : [],
            OperationKind.SimpleAssignment or OperationKind.CompoundAssignment or OperationKind.CoalesceAssignment or OperationKind.Increment
                or OperationKind.Decrement or OperationKind.FieldReference => Variables.At(operation),
            _ => [],
        };
        if (found.Any(static e => e is IAsked) && Branches.Before(operation).Any(branch => IsGate(branch.Condition)))
            found = found.Where(static e => e is not IAsked).ToList();
        if (found.Count == 0)
            return;
        Into.AddRange(found);
        Found[operation.Syntax] = Found.TryGetValue(operation.Syntax, out var before) ? [.. before, .. found] : found;
    }

    /// <summary>Of all who change a variable in one step, one gets past: it runs alone.</summary>
    private bool IsGate(IOperation condition) =>
        condition.DescendantsAndSelf().Any(part => part is IInvocationOperation call && Facts.About(call.TargetMethod, Effect.Atomic) is { Kind: "update" });

    /// <summary>In a graph, in which conditions are edges.</summary>
    private void Refound(IOperation operation)
    {
        if (Found.Count > 0 && Found.TryGetValue(operation.Syntax, out var found))
            Into.AddRange(found);
    }

    private IReadOnlyList<Event> AtCall(IInvocationOperation call)
    {
        foreach (var fact in Facts.About(call.TargetMethod))
            switch (fact.Effect)
            {
                case Effect.Step:
                    return Pairs.At(call, fact.Kind);
                case Effect.Atomic:
                    if (fact.Kind == "update" && Once.At(call, fact) is { } broken)
                        Remarks.Add(broken);
                    return Variables.At(call, fact);
                case Effect.Sizes:
                    return CountedCopies.At(model, Places, call.TargetMethod, fact.On, call.Arguments, call);
            }
        return [];
    }

    private IReadOnlyList<Event> AtCreation(IObjectCreationOperation creation) =>
        creation.Constructor is not { Parameters.IsEmpty: false } constructor ? []
        : Facts.About(constructor, Effect.Sizes) is { } fact ? CountedCopies.At(model, Places, constructor, fact.On, creation.Arguments, creation)
        : Shapes.IsLazy(constructor.ContainingType)
            && creation.Arguments.Any(static argument => argument.Parameter is { } parameter && Shapes.IsForAll(parameter.Type, argument.Value.ConstantValue))
            ? Suppliers.At(model, null, constructor.ContainingType.Name, StoredAt(creation)?.ToString() ?? creation.Type!.Name, creation.Arguments)
        : [];

    /// <summary>What a function returns; told where some collection is handed functions.</summary>
    private void Returned(IReturnOperation operation)
    {
        if (operation.ReturnedValue is { } value && !IsInFunction(operation) && Suppliers.Created(model, value) is { } made)
            Remarks.Add(new Made(made, value.Syntax.Span));
    }
}
