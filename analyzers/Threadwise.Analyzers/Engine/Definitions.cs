using Microsoft.CodeAnalysis.Operations;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers.Engine;

/// <summary>What the locals of one member stand for, where that is the same everywhere: their only assignment, the collection they iterate, what was put in.</summary>
internal sealed class Definitions
{
    private readonly Dictionary<ILocalSymbol, IOperation?> _only = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ILocalSymbol, ImmutableArray<IOperation?>> _several = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ILocalSymbol, IOperation> _iterated = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ILocalSymbol, List<IOperation>> _added = new(SymbolEqualityComparer.Default);

    private readonly Dictionary<ILocalSymbol, int> _shared = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _usedAsValue = new(SymbolEqualityComparer.Default);

    private readonly ImmutableArray<IOperation> _blocks;

    public Definitions(ImmutableArray<IOperation> blocks)
    {
        _blocks = blocks;
        foreach (var block in blocks)
            foreach (var operation in block.DescendantsAndSelf())
                Note(operation);
    }

    /// <summary>A local's object was stored where others can find it, somewhere before this position.</summary>
    public bool IsShared(ILocalSymbol local, int position) => _shared.TryGetValue(local, out var first) && first < position;

    /// <summary>A local delegate is called by its name and used in no other way.</summary>
    public bool IsOnlyCalled(ILocalSymbol local) => !_usedAsValue.Contains(local);

    /// <summary>Everywhere a local is used after its declaration.</summary>
    public IEnumerable<IOperation> UsesOf(ILocalSymbol local) =>
        _blocks.SelectMany(block => block.DescendantsAndSelf())
            .Where(use => use is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local));

    /// <summary>The call that a local is declared in, as an argument for its only value.</summary>
    public IOperation? GivenBy(ILocalSymbol local) => _only.ContainsKey(local) ? null
        : UsesOf(local).Select(static use => use.Parent is IDeclarationExpressionOperation { Parent: IArgumentOperation { Parent: IInvocationOperation call } }
            ? call
            : null).FirstOrDefault(static call => call is not null);

    /// <summary>The value of a local that is assigned exactly once, else null.</summary>
    public IOperation? Of(ILocalSymbol local) => _only.TryGetValue(local, out var value) ? value : null;

    /// <summary>Every value that a local gets but null; one that cannot be told is null.</summary>
    public ImmutableArray<IOperation?> AllOf(ILocalSymbol local) =>
        (_several.TryGetValue(local, out var all) ? all : ImmutableArray.Create(Of(local)))
            .RemoveAll(static value => value?.ConstantValue is { HasValue: true, Value: null });

    /// <summary>The collection whose elements a foreach variable takes, else null.</summary>
    public IOperation? IteratedBy(ILocalSymbol local) => _iterated.TryGetValue(local, out var collection) ? collection : null;

    /// <summary>The values added to a local collection by calls on it.</summary>
    public IEnumerable<IOperation> AddedTo(ILocalSymbol local) => _added.TryGetValue(local, out var values) ? values : Enumerable.Empty<IOperation>();

    /// <summary>By kind, which is a number: testing for an interface is slow, and few operations are of interest.</summary>
    private void Note(IOperation operation)
    {
        switch (operation.Kind)
        {
            case OperationKind.VariableDeclarator when operation is IVariableDeclaratorOperation { Initializer.Value: var value } declarator:
                Define(declarator.Symbol, value);
                break;
            case OperationKind.DeclarationPattern when operation is IDeclarationPatternOperation { DeclaredSymbol: ILocalSymbol tested } pattern
                && Tested(pattern) is { } value:
                Define(tested, value);
                break;
            case OperationKind.Loop when operation is IForEachLoopOperation { LoopControlVariable: IVariableDeclaratorOperation item } loop:
                _iterated[item.Symbol] = loop.Collection;
                break;
            case OperationKind.SimpleAssignment when operation is ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment:
                Define(target.Local, assignment.IsRef ? null : assignment.Value);
                break;
            case OperationKind.SimpleAssignment or OperationKind.CompoundAssignment or OperationKind.CoalesceAssignment or OperationKind.DeconstructionAssignment
                or OperationKind.Increment or OperationKind.Decrement when operation.ChildOperations.FirstOrDefault() is ILocalReferenceOperation target:
                Define(target.Local, null);
                break;
            case OperationKind.Argument when operation is IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref, Value: ILocalReferenceOperation target }:
                Define(target.Local, null);
                break;
            case OperationKind.Tuple when operation is ITupleOperation { Parent: IDeconstructionAssignmentOperation } tuple:
                foreach (var target in tuple.Elements.OfType<ILocalReferenceOperation>())
                    Define(target.Local, null);
                break;
            case OperationKind.LocalReference:
                Used((ILocalReferenceOperation)operation);
                break;
            case OperationKind.Invocation when operation is IInvocationOperation { Instance: ILocalReferenceOperation collection, Arguments.Length: 1 } call
                && Shapes.Adds(call.TargetMethod):
                Added(collection.Local, call.Arguments[0].Value);
                break;
        }
    }

    private void Used(ILocalReferenceOperation reference)
    {
        if (reference is { Local: { Type.TypeKind: TypeKind.Delegate } local, Parent: not (IInvocationOperation or ISimpleAssignmentOperation) })
            _usedAsValue.Add(local);
        else if (reference is { Local: var stored,
            Parent: ISimpleAssignmentOperation { Target: not ILocalReferenceOperation,
                Value: ILocalReferenceOperation } or IConversionOperation { Parent: ISimpleAssignmentOperation { Target: not ILocalReferenceOperation } } })
        {
            _shared[stored] = Math.Min(reference.Syntax.SpanStart, _shared.TryGetValue(stored, out var first) ? first : int.MaxValue);
            _usedAsValue.Add(stored);
        }
    }

    /// <summary>What an <c>is</c> looks at; its variable is another name of that.</summary>
    private static IOperation? Tested(IDeclarationPatternOperation pattern) =>
        ((pattern.Parent is INegatedPatternOperation negated ? negated.Parent : pattern.Parent) as IIsPatternOperation)?.Value;

    private void Define(ILocalSymbol local, IOperation? value)
    {
        if (_only.TryGetValue(local, out var first))
            _several[local] = (_several.TryGetValue(local, out var all) ? all : ImmutableArray.Create(first)).Add(value);
        _only[local] = _only.ContainsKey(local) ? null : value;
    }

    private void Added(ILocalSymbol collection, IOperation value)
    {
        if (!_added.TryGetValue(collection, out var values))
            _added[collection] = values = new();
        values.Add(value);
    }
}
