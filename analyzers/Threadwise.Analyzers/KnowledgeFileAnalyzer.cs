using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Analyzers.Knowledge;
using Threadwise.Analyzers.Rules;

namespace Threadwise.Analyzers;

/// <summary>Hosts the rule about the knowledge files a project brings along.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KnowledgeFileAnalyzer : DiagnosticAnalyzer
{
    private readonly Rule _rule = new MalformedKnowledgeFile();

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => ImmutableArray.Create(_rule.Descriptor);

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterAdditionalFileAction(file =>
        {
            var path = file.AdditionalFile.Path;
            foreach (var problem in UserTables.Problems(file.AdditionalFile, file.Compilation, file.CancellationToken))
                file.ReportDiagnostic(Diagnostic.Create(_rule.Descriptor, Location.Create(path, problem.Span, problem.Lines),
                    path.Substring(path.LastIndexOfAny(['/', '\\']) + 1), problem.Lines.Start.Line + 1, problem.What));
        });
    }
}
