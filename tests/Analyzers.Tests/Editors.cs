using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests;

/// <summary>An editor asks about one file at a time, or one part of it, and hears what is there: also of a type that is written in several files.</summary>
public class Editors
{
    private const string Ordered = """
        partial class Account
        {
            private readonly object _a = new(), _b = new();

            void Forth() { lock (_a) lock (_b) { } }
        }
        """;

    private const string Inverted = """
        class Before { }

        partial class Account
        {
            void Back() { lock (_b) lock (_a) { } }
        }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData("Ordered.cs", "Inverted.cs"), InlineData("Inverted.cs", "Ordered.cs")]
    public async Task A_finding_is_told_of_in_its_own_file(params string[] asked)
    {
        var (compilation, analysis) = Account();
        foreach (var name in asked.Concat(asked))
        {
            var found = await analysis.GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(Tree(compilation, name)), null, Cancel);
            Assert.Equal([("TW2001", name)], found.Where(static finding => finding.Id == "TW2001").Select(static finding => (finding.Id, finding.Location.SourceTree!.FilePath)));
        }
    }

    [Fact]
    public async Task A_build_tells_it_once()
    {
        var found = await Account().Analysis.GetAllDiagnosticsAsync(Cancel);
        Assert.Equal(["Inverted.cs", "Ordered.cs"], found.Where(static finding => finding.Id == "TW2001").Select(static finding => finding.Location.SourceTree!.FilePath).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_part_of_a_file_can_be_asked_about()
    {
        var (compilation, analysis) = Account();
        var file = Tree(compilation, "Inverted.cs");
        var at = (await file.GetTextAsync(Cancel)).ToString().IndexOf("lock (_a)", StringComparison.Ordinal);
        var found = await analysis.GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(file), new TextSpan(at, 4), Cancel);
        Assert.Contains(found, static finding => finding.Id == "TW2001");
    }

    /// <summary>What crosses types is known at the end of the compilation only.</summary>
    [Fact]
    public async Task Who_asks_about_files_and_then_about_all_hears_the_rest_once()
    {
        const string Elsewhere = "class Other(Account account) { public readonly object Gate = new(); public void Enter() { lock (Gate) account.Take(); } }";
        const string Here = "class Account { private readonly object _gate = new(); public void Take() { lock (_gate) { } } public void Visit(Other other) { lock (_gate) other.Enter(); } }";
        var (compilation, analysis) = Of(("Here.cs", Here), ("Elsewhere.cs", Elsewhere));
        foreach (var file in compilation.SyntaxTrees)
            await analysis.GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(file), null, Cancel);
        var all = await analysis.GetAnalysisResultAsync(Cancel);
        Assert.Equal(all.CompilationDiagnostics.Values.SelectMany(static found => found).Select(static found => found.ToString()).Distinct(), all.CompilationDiagnostics.Values.SelectMany(static found => found).Select(static found => found.ToString()));
        Assert.Contains(all.GetAllDiagnostics(), static finding => finding.Id == "TW2002");
    }

    private static SyntaxTree Tree(Compilation compilation, string name) => compilation.SyntaxTrees.Single(tree => tree.FilePath == name);

    private static (Compilation Compilation, CompilationWithAnalyzers Analysis) Account() => Of(("Ordered.cs", Ordered), ("Inverted.cs", Inverted));

    private static (Compilation Compilation, CompilationWithAnalyzers Analysis) Of(params (string Name, string Text)[] files)
    {
        var analysis = CSharpCompilation.Create("Edited", files.Select(static file => CSharpSyntaxTree.ParseText(file.Text, path: file.Name)), Frameworks.WithAnnotations(Frameworks.Newest), Sources.Options)
            .WithAnalyzers([new ThreadwiseAnalyzer()], options: null);
        return (analysis.Compilation, analysis);
    }
}
