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
        var types = new Types(model, mentions, When.Asked(_rules));
        // When the compiler is through with a file: who binds what it is still at work on is in its way, and takes a quarter longer.
        start.RegisterSemanticModelAction(file =>
        {
            foreach (var type in Declarations.Outermost(file.SemanticModel, file.CancellationToken))
                foreach (var diagnostic in types.Found(type, file.CancellationToken))
                    if (IsToldIn(file.SemanticModel.SyntaxTree, type, diagnostic))
                        file.ReportDiagnostic(diagnostic);
        });
        if (types.WaitForEnd)
            start.RegisterCompilationEndAction(end => types.End(end.ReportDiagnostic));
    }

    /// <summary>A type may have parts in several files, each of which an editor asks about on its own.</summary>
    private static bool IsToldIn(SyntaxTree file, INamedTypeSymbol type, Diagnostic diagnostic)
    {
        var parts = type.DeclaringSyntaxReferences;
        return diagnostic.Location.SourceTree == file || parts[0].SyntaxTree == file && parts.All(part => part.SyntaxTree != diagnostic.Location.SourceTree);
    }
}
