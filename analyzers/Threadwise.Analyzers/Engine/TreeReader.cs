using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace Threadwise.Analyzers.Engine;

/// <summary>Reads one member in a single walk of its operations: the bodies written in it, and whether their paths matter.</summary>
internal sealed class TreeReader
{
    /// <summary>Larger or deeper members are not followed path by path.</summary>
    private const int MaxOperations = 20_000, MaxDepth = 400;

    private readonly Model _model;
    private readonly ISymbol _owner;
    private readonly ImmutableArray<IOperation> _blocks;
    private readonly CancellationToken _cancel;
    private readonly Reader _reader;
    private readonly List<(IOperation Function, IMethodSymbol Symbol, ImmutableArray<Event> Events)> _functions = new(0);
    private readonly Stack<(ImmutableArray<Event>.Builder Into, bool InAsync)> _around = new(0);
    private int _operations, _failures;
    private bool _isBroken;

    private TreeReader(Model model, ISymbol owner, ImmutableArray<IOperation> blocks, CancellationToken cancel)
    {
        (_model, _owner, _blocks, _cancel) = (model, owner, blocks, cancel);
        _reader = ReaderOf(followsPaths: false);
    }

    public static ImmutableArray<Body> Read(Model model, ISymbol owner, ImmutableArray<IOperation> blocks, CancellationToken cancel)
    {
        var code = blocks.RemoveAll(block => block.Kind is OperationKind.None or OperationKind.Attribute or OperationKind.ParameterInitializer);
        return code.IsEmpty ? ImmutableArray<Body>.Empty : new TreeReader(model, owner, code, cancel).Read();
    }

    private ImmutableArray<Body> Read()
    {
        _reader.InAsync = _owner is IMethodSymbol { IsAsync: true };
        foreach (var block in _blocks)
            Walk(block);
        if (_isBroken)
            return ImmutableArray<Body>.Empty;
        _reader.FindRuns(_blocks);
        if (!_reader.NeedsPaths)
            return Lines();
        return _operations > MaxOperations || _blocks.Any(static block => OperationBlocks.AreDeeper(block, MaxDepth)) ? ImmutableArray<Body>.Empty : Graphs();
    }

    private void Walk(IOperation root)
    {
        var pending = _model.Stacks.Take(root);
        while (pending.Count > 0)
        {
            var (operation, done) = pending[pending.Count - 1];
            pending.RemoveAt(pending.Count - 1);
            if (done)
            {
                Leave(operation);
                continue;
            }

            if ((++_operations & 0xFF) == 0)
                _cancel.ThrowIfCancellationRequested();
            if (!Enter(operation))
                continue;
            if (_reader.SeesCopies)
                _reader.Copied(operation);
            if (_reader.SeesSteps)
                _reader.Stepped(operation);
            if (_reader.InAsync && operation.Kind is OperationKind.SimpleAssignment or OperationKind.CompoundAssignment)
                _reader.Remembered(operation);
            if (IsLeft(operation.Kind))
                pending.Add((operation, true));
            var first = pending.Count;
            foreach (var child in operation.ChildOperations)
                pending.Add((child, false));
            // What is assigned is computed before it is stored.
            if (pending.Count > first + 1 && operation.Kind != OperationKind.SimpleAssignment)
                pending.Reverse(first, pending.Count - first);
        }

        _model.Stacks.Return(pending);
    }

    /// <summary>Something is to be said of the operation when all below it has run.</summary>
    private static bool IsLeft(OperationKind kind) => kind is
        OperationKind.Invocation or OperationKind.PropertyReference or OperationKind.FieldReference or OperationKind.Await or OperationKind.ObjectCreation
        or OperationKind.MethodReference or OperationKind.AnonymousFunction or OperationKind.LocalFunction or OperationKind.YieldReturn or OperationKind.SimpleAssignment
        or OperationKind.FieldInitializer or OperationKind.PropertyInitializer or OperationKind.Lock or OperationKind.CatchClause
            or OperationKind.Throw or OperationKind.EventReference;

    private bool Enter(IOperation operation)
    {
        switch (operation.Kind)
        {
            case OperationKind.Invalid:
                _isBroken = true;
                break;
            case OperationKind.NameOf:
            case OperationKind.Conversion when operation.Type is { Name: "Expression", ContainingNamespace.Name: Knowledge.Shapes.Trees }:
                return false;
            case OperationKind.Lock:
                _reader.Statement((ILockOperation)operation, begins: true);
                break;
            case OperationKind.CatchClause or OperationKind.Throw:
                _failures++;
                _reader.OnFailure = true;
                break;
            case OperationKind.Conditional:
                _reader.Branched((IConditionalOperation)operation);
                break;
            case OperationKind.AnonymousFunction:
                EnterFunction(((IAnonymousFunctionOperation)operation).Symbol.IsAsync);
                break;
            case OperationKind.LocalFunction:
                EnterFunction(((ILocalFunctionOperation)operation).Symbol.IsAsync);
                break;
            case OperationKind.Loop or OperationKind.Using or OperationKind.UsingDeclaration:
                _reader.ImpliedByStatement(operation);
                _reader.Spun(operation);
                break;
            case OperationKind.Binary or OperationKind.Unary or OperationKind.Conversion or OperationKind.Increment
                or OperationKind.Decrement or OperationKind.CompoundAssignment
                or OperationKind.EventAssignment or OperationKind.Interpolation:
                _reader.Implied(operation);
                break;
        }

        return true;
    }

    private void Leave(IOperation operation)
    {
        switch (operation.Kind)
        {
            case OperationKind.Lock:
                _reader.Statement((ILockOperation)operation, begins: false);
                break;
            case OperationKind.AnonymousFunction:
                LeaveFunction(operation, ((IAnonymousFunctionOperation)operation).Symbol);
                _reader.Visit(operation);
                break;
            case OperationKind.CatchClause or OperationKind.Throw:
                _reader.OnFailure = --_failures > 0;
                break;
            case OperationKind.LocalFunction:
                LeaveFunction(operation, ((ILocalFunctionOperation)operation).Symbol);
                break;
            default:
                _reader.Visit(operation);
                break;
        }
    }

    private void EnterFunction(bool isAsync)
    {
        _around.Push((_reader.Into, _reader.InAsync));
        _reader.Into = ImmutableArray.CreateBuilder<Event>();
        _reader.InAsync = isAsync;
    }

    private void LeaveFunction(IOperation function, IMethodSymbol symbol)
    {
        _functions.Add((function, symbol, _reader.Into.ToImmutable()));
        (_reader.Into, _reader.InAsync) = _around.Pop();
    }

    private ImmutableArray<Body> Lines()
    {
        var bodies = ImmutableArray.CreateBuilder<Body>();
        if (_reader.Into.Count > 0 || _reader.Remarks.Count > 0 || IsSynchronized)
            bodies.Add(BodyOf(_owner, _blocks[0].Syntax, Flow.Line(_reader.Into.ToImmutable())) with { Remarks = _reader.Remarks.ToImmutableArray() });
        foreach (var (function, symbol, events) in _functions)
            if (!events.IsEmpty)
                bodies.Add(BodyOf(symbol, function.Syntax, Flow.Line(events)));
        return bodies.ToImmutable();
    }

    /// <summary>What is still known of a member whose paths cannot be followed: what is so wherever control goes; and what is held, where all locks are statements, which nest.</summary>
    private ImmutableArray<Body> WithoutPaths() => ImmutableArray.CreateRange(Lines().Select(static body =>
    {
        var events = body.Flow.Nodes[0].Events;
        var nests = events.All(static e => e is not (TryAcquire or Assume or Refute or SetFlag) && (e is not Acquire taken || taken.Named == taken.Span))
            && events.Count(static e => e is Acquire) == events.Count(static e => e is Release);
        return body with { Flow = Flow.Line(events.RemoveAll(e => !IsAnywhere(e) && !(nests && IsNested(e)))), IsLine = true };
    }));

    private static bool IsAnywhere(Event e) => e is LockedOn or OtherUse or Create or Adopt or Expose or Escape or Assign;

    private static bool IsNested(Event e) => e is Acquire or Release or Call or Outside or Rank or Await or Access;

    private ImmutableArray<Body> Graphs()
    {
        var reader = ReaderOf(followsPaths: true, Access.At(_functions.SelectMany(static function => function.Events).Concat(_reader.Into)));
        reader.Marks = _reader.Marks;
        reader.Found = _reader.Found;
        var pending = new Queue<(ISymbol Symbol, SyntaxNode Syntax, ControlFlowGraph Graph)>();
        foreach (var root in _blocks.GroupBy(OperationBlocks.Root))
            if (OperationBlocks.GraphOf(root.Key, _cancel) is { } graph)
                pending.Enqueue((_owner, root.First().Syntax, graph));
            else
                return WithoutPaths();

        var read = new List<(ISymbol Symbol, SyntaxNode Syntax, Flow Flow)>();
        while (pending.Count > 0)
        {
            _cancel.ThrowIfCancellationRequested();
            var (symbol, syntax, graph) = pending.Dequeue();
            reader.Lambdas.Clear();
            reader.InAsync = symbol is IMethodSymbol { IsAsync: true };
            if (GraphReader.Read(graph, reader) is not { } flow)
                return WithoutPaths();
            read.Add((symbol, syntax, flow));
            foreach (var lambda in reader.Lambdas)
                pending.Enqueue((lambda.Symbol, lambda.Syntax, graph.GetAnonymousFunctionControlFlowGraph(lambda)));
            foreach (var function in graph.LocalFunctions)
                pending.Enqueue((function, function.DeclaringSyntaxReferences[0].GetSyntax(_cancel), graph.GetLocalFunctionControlFlowGraph(function)));
        }

        return ImmutableArray.CreateRange(read.Select((body, index) => BodyOf(body.Symbol, body.Syntax,
            body.Symbol is IMethodSymbol { Parameters: [var antecedent, ..] } method && reader.GivenCompleted.Contains(method)
                ? body.Flow.After(new Complete(Place.Of(antecedent), default))
                : body.Flow)
            with { Remarks = index == 0 ? _reader.Remarks.ToImmutableArray() : ImmutableArray<Event>.Empty }));
    }

    private Definitions Definitions => field ??= new(_blocks);

    private Reader ReaderOf(bool followsPaths, Dictionary<TextSpan, Access>? accesses = null) =>
        new(_model, _owner, new Places(_owner, _model, () => Definitions, _cancel), followsPaths, _cancel) { Accesses = accesses };

    private Body BodyOf(ISymbol symbol, SyntaxNode syntax, Flow flow) => ReferenceEquals(symbol, _owner)
        ? new(symbol, null, syntax.SyntaxTree, syntax.Span, IsSynchronized ? flow.After(LockedByLanguage(syntax.SyntaxTree)) : flow)
        : new(symbol, _owner as IMethodSymbol, syntax.SyntaxTree, syntax.Span, flow);

    /// <summary>An attribute takes the lock of the instance or the type for as long as the method runs.</summary>
    private bool IsSynchronized => _owner is IMethodSymbol method && method.MethodImplementationFlags.HasFlag(System.Reflection.MethodImplAttributes.Synchronized);

    private LockedOn LockedByLanguage(SyntaxTree tree) =>
        new(Origin.Attribute, _owner, _owner.ContainingType, IsMonitor: true, _owner.Locations.FirstOrDefault(location => location.SourceTree == tree)?.SourceSpan
            ?? default);
}
