using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Analyzers.Engine;
using Threadwise.Analyzers.Knowledge;

namespace Threadwise.Analyzers;

/// <summary>Hosts every rule on one walk of each body.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ThreadwiseAnalyzer : DiagnosticAnalyzer
{
    private readonly ImmutableArray<Rule> _rules;

    public ThreadwiseAnalyzer() : this(Rule.All.RemoveAll(rule => rule is Rules.MalformedKnowledgeFile))
    {
    }

    internal ThreadwiseAnalyzer(ImmutableArray<Rule> rules)
    {
        _rules = rules;
        SupportedDiagnostics = ImmutableArray.CreateRange(rules, rule => rule.Descriptor);
    }

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        // Generated code takes locks and makes calls too; what is found there is not reported.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze);
        context.RegisterCompilationStartAction(Start);
    }

    private void Start(CompilationStartAnalysisContext start)
    {
        var table = UserTables.Over(Table.BuiltIn, start.Options.AdditionalFiles, start.CancellationToken);
        var mentions = new Mentions(table, start.Compilation);
        var model = new Model(table, mentions, start.Compilation) { HasBetterGates = PlainGates.HaveBetter(start.Compilation, start.Options) };
        var when = When.Asked(_rules);
        var types = new ConcurrentQueue<TypeFacts>();
        var open = new ConcurrentDictionary<INamedTypeSymbol, ConcurrentQueue<Body>>(SymbolEqualityComparer.Default);
        start.RegisterSymbolStartAction(
            symbol =>
            {
                var type = Reader.Outermost((INamedTypeSymbol)symbol.Symbol);
                var all = mentions.AllMatter(type) || model.LeavesInterface(type);
                if (!all && !mentions.AnyMatters(type) && model.Statics.Of(type) is null)
                    return;
                var bodies = open.GetOrAdd(type, static _ => new());
                symbol.RegisterCodeBlockAction(block =>
                {
                    if (!all && !mentions.Matters(block.OwningSymbol, block.CodeBlock) && !model.NamesShared(type, block.CodeBlock))
                        return;
                    foreach (var body in TreeReader.Read(model, block.OwningSymbol, OperationBlocks.Of(block.OwningSymbol, block.CodeBlock, block.SemanticModel, block.CancellationToken), block.CancellationToken))
                        bodies.Enqueue(body);
                });
                // Nested types end before the one around them; older compilers wait only for those that want to hear of their end.
                symbol.RegisterSymbolEndAction(end =>
                {
                    if (end.Symbol.ContainingType is not null)
                        return;
                    open.TryRemove(type, out _);
                    var ofInterest = bodies.Any(body => body.IsOfInterest) || mentions.KeepsOnePerThread(type) || !bodies.IsEmpty && (Roots.AreIn(type, model.Facts) || mentions.IsRegistered(type)) ? new TypeModel(model, type, bodies, end.CancellationToken) : null;
                    if (ofInterest is not null)
                        when.TypeEnds(ofInterest, end.ReportDiagnostic);
                    if (when.WaitsForEnd && !bodies.IsEmpty)
                        types.Enqueue(ofInterest is not null ? TypeFacts.Of(ofInterest) : TypeFacts.Of(bodies));
                });
            },
            SymbolKind.NamedType);
        if (when.WaitsForEnd)
            start.RegisterCompilationEndAction(end => when.CompilationEnds(new CompilationCode(end.Compilation, model.Facts, types), end.ReportDiagnostic));
    }
}
