using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Corpus;

/// <summary>The floor: visits every operation of every body exactly once and reports nothing. No package that looks at every body can cost less.</summary>
// Never loaded by a compiler, so what Roslyn asks of a published analyzer does not apply.
#pragma warning disable RS1001, RS1036, RS2008
internal sealed class OperationWalk : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Never =
        new("NOOP", "Never reported", "Never reported", "Corpus", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Never];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze);
        context.RegisterOperationBlockAction(Walk);
    }

    private static void Walk(OperationBlockAnalysisContext context)
    {
        var invalid = 0;
        foreach (var block in context.OperationBlocks)
        {
            foreach (var operation in block.DescendantsAndSelf())
                invalid += operation.Kind == OperationKind.Invalid ? 1 : 0;
        }

        GC.KeepAlive(invalid);
    }
}
