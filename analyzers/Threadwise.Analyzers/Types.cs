using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Threadwise.Analyzers.Engine;

namespace Threadwise.Analyzers;

/// <summary>The outermost types of a compilation, each looked at once, however many files it has parts in and however often they are asked about. Thread-safe.</summary>
internal sealed class Types(Model model, Mentions mentions, When when)
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, StrongBox<ImmutableArray<Diagnostic>>> _found = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentQueue<TypeFacts> _facts = new();

    public bool WaitForEnd => when.WaitsForEnd;

    /// <summary>What is to be said about a type alone.</summary>
    public ImmutableArray<Diagnostic> Found(INamedTypeSymbol type, CancellationToken cancel)
    {
        var found = _found.GetOrAdd(type, static _ => new());
        // Who is cancelled leaves it to the next who asks.
        lock (found)
            return found.Value.IsDefault ? found.Value = Look(type, cancel) : found.Value;
    }

    /// <summary>What is to be said of all together.</summary>
    public void End(Action<Diagnostic> report) => when.CompilationEnds(new CompilationCode(model.Compilation, model.Facts, _facts), report);

    private ImmutableArray<Diagnostic> Look(INamedTypeSymbol type, CancellationToken cancel)
    {
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        var bodies = Bodies(type, cancel);
        var ofInterest = bodies.Exists(body => body.IsOfInterest) || mentions.KeepsOnePerThread(type)
            || bodies.Count > 0 && (Roots.AreIn(type, model.Facts) || mentions.IsRegistered(type))
            ? new TypeModel(model, type, bodies, cancel) : null;
        if (ofInterest is not null)
            when.TypeEnds(ofInterest, found.Add);
        if (when.WaitsForEnd && bodies.Count > 0)
            _facts.Enqueue(ofInterest is not null ? TypeFacts.Of(ofInterest) : TypeFacts.Of(model, bodies));
        return found.ToImmutable();
    }

    /// <summary>Those bodies of it that can matter.</summary>
    private List<Body> Bodies(INamedTypeSymbol type, CancellationToken cancel)
    {
        var bodies = new List<Body>();
        var all = mentions.AllMatter(type) || model.LeavesInterface(type);
        if (!all && !mentions.AnyMatters(type) && model.SharedObjects.Of(type) is null)
            return bodies;
        foreach (var (member, code) in Declarations.Of(type, cancel))
        {
            if (!all && !mentions.Matters(member, code) && !model.NamesShared(type, code))
                continue;
#pragma warning disable RS1030 // The compilation of a driver hands out the model that all analyzers share.
            var bound = OperationBlocks.Of(member, code, model.Compilation.GetSemanticModel(code.SyntaxTree), cancel);
#pragma warning restore RS1030
            bodies.AddRange(TreeReader.Read(model, member, bound, cancel));
        }

        return bodies;
    }
}
