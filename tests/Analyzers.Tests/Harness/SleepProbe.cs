using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Analyzers.Tests.Harness;

/// <summary>A stand-in for a rule, so that the harness is tested against something known: it reports every call of a method named Sleep.</summary>
#pragma warning disable RS1036, RS2008, RS1041, RS1038
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SleepProbe : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [new("PROBE1", "Sleep", "'{0}' sleeps", "Probe", DiagnosticSeverity.Warning, true)];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(Look, SyntaxKind.InvocationExpression);
        context.RegisterAdditionalFileAction(Look);
    }

    private void Look(SyntaxNodeAnalysisContext context)
    {
        var name = ((InvocationExpressionSyntax)context.Node).Expression.ToString();
        if (name.EndsWith("Throw", StringComparison.Ordinal))
            throw new InvalidOperationException("probe");
        if (name.EndsWith("Sleep", StringComparison.Ordinal))
            context.ReportDiagnostic(Diagnostic.Create(SupportedDiagnostics[0], context.Node.GetLocation(), context.Node));
    }

    private void Look(AdditionalFileAnalysisContext context)
    {
        var text = context.AdditionalFile.GetText()!;
        if (text.ToString().IndexOf("sleep", StringComparison.Ordinal) is var at and >= 0)
            context.ReportDiagnostic(Diagnostic.Create(SupportedDiagnostics[0], Location.Create(context.AdditionalFile.Path, new TextSpan(at, 5), text.Lines.GetLinePositionSpan(new TextSpan(at, 5))), "file"));
    }
}

/// <summary>Replaces the call by <paramref name="replacement"/>; offers nothing for <c>Sleep(0)</c>.</summary>
public sealed class SleepProbeFix(string replacement, bool fixAll = true) : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => ["PROBE1"];

    public override FixAllProvider? GetFixAllProvider() => fixAll ? WellKnownFixAllProviders.BatchFixer : null;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var text = await context.Document.GetTextAsync();
        if (text.ToString(context.Span).EndsWith("(0)", StringComparison.Ordinal))
            return;
        context.RegisterCodeFix(CodeAction.Create("Yield", _ => Task.FromResult(context.Document.WithText(text.Replace(context.Span, replacement))), "yield"), context.Diagnostics);
    }
}
