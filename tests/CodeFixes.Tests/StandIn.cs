using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Testing;

namespace CodeFixes.Tests;

/// <summary>Stands in for a rule: reports the nodes for which a question has an answer, with that answer as properties. Lets a fix meet places its rule is silent about.</summary>
#pragma warning disable RS1001, RS1017, RS1036 // Made by hand, never loaded by a compiler.
internal sealed class StandIn(string id, Func<SyntaxNode, SemanticModel, Dictionary<string, string?>?> finds) : DiagnosticAnalyzer
{
    private readonly DiagnosticDescriptor _rule = new(id, "stand-in", "stand-in", "Test", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [_rule];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSemanticModelAction(Report);
    }

    private void Report(SemanticModelAnalysisContext context)
    {
        foreach (var node in context.SemanticModel.SyntaxTree.GetRoot().DescendantNodes())
            if (finds(node, context.SemanticModel) is { } properties)
                context.ReportDiagnostic(Diagnostic.Create(_rule, node.GetLocation(), properties.ToImmutableDictionary()));
    }

    public static readonly Dictionary<string, string?> Nothing = [];

    /// <summary>The nearest function is async, or is the top-level code.</summary>
    public static bool IsInAsyncCode(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(n => n is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax) switch
        {
            AnonymousFunctionExpressionSyntax function => function.AsyncKeyword.RawKind != 0,
            LocalFunctionStatementSyntax function => function.Modifiers.Any(SyntaxKind.AsyncKeyword),
            MemberDeclarationSyntax member => member.Modifiers.Any(SyntaxKind.AsyncKeyword),
            _ => true,
        };
}

/// <summary>A fix against the stand-in of its rule.</summary>
internal sealed class Trial<TFix>(StandIn rule) where TFix : CodeFixProvider, new()
{
    public Task Fixes(string marked, string @fixed, Case? surroundings = null) =>
        new Check(surroundings ?? new Case(), rule).Fixes(new TFix(), [marked], [@fixed]);

    public Task NoFix(string marked, Case? surroundings = null) => new Check(surroundings ?? new Case(), rule).NoFix(new TFix(), marked);

    /// <summary>One statement of an async method of a class, before and after.</summary>
    public Task Statement(string marked, string @fixed) => Fixes(InMethod(marked), InMethod(@fixed));

    public Task NoFixInStatement(string marked) => NoFix(InMethod(marked));

    private static string InMethod(string statement) => $$"""
        class C
        {
            int _sum;
            async Task M(Task t, Task<int> u, Task<string> s, ValueTask<int> v, CancellationToken token)
            {
                {{statement}}
                await t;
            }
            static void Use(params object[] values) { }
        }
        """;
}
