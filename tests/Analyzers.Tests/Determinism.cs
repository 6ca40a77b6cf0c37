using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests;

/// <summary>The same findings in every run, whatever the order of files and the number of threads.</summary>
public partial class Determinism
{
    private const int Runs = 20;

    [Fact]
    public async Task Findings_do_not_depend_on_the_order_of_files_or_on_threads()
    {
        var expected = Sorted(await Analyze(Everything("Same"), concurrent: false));
        Assert.NotEmpty(expected);
        for (var run = 0; run < Runs; run++)
            Assert.Equal(expected, Sorted(await Analyze(Shuffled(Everything("Same"), run), concurrent: run % 4 != 0)));
    }

    /// <summary>On one thread, what is reported first in a file is reported first each time, wherever the file stands.</summary>
    [Fact]
    public async Task Findings_of_a_file_come_in_the_same_order()
    {
        var expected = Unsorted(await Analyze(OneThread(Everything("Same")), concurrent: false));
        for (var run = 0; run < Runs; run++)
            Assert.Equal(expected, Unsorted(await Analyze(OneThread(Shuffled(Everything("Same"), run)), concurrent: false)));
    }

    /// <summary>Every example that compiles, each in a namespace of its own, as one compilation.</summary>
    internal static Compilation Everything(string name) => CSharpCompilation.Create(name,
        Together.Value.Select((text, i) => CSharpSyntaxTree.ParseText(text, path: $"{i:0000}.cs")).Append(CSharpSyntaxTree.ParseText(Sources.GlobalUsings)),
        Frameworks.WithAnnotations(Frameworks.Newest), Sources.Options);

    private static readonly Lazy<ImmutableArray<string>> Together = new(() =>
        [.. Examples.All.Select(example => example.Text).Where(CanStandInANamespace).Where(Compiles).Select((text, i) => $"namespace Example{i}\n{{\n{text}\n}}\n")]);

    private static bool CanStandInANamespace(string text) =>
        CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot() is { AttributeLists.Count: 0, Externs.Count: 0 } root
        && !root.ContainsDirectives
        && root.Members.All(member => member is not (GlobalStatementSyntax or FileScopedNamespaceDeclarationSyntax))
        && root.Usings.All(directive => directive.GlobalKeyword.IsKind(SyntaxKind.None));

    private static bool Compiles(string text) => !CSharpCompilation.Create("One",
        [CSharpSyntaxTree.ParseText($"namespace Example\n{{\n{text}\n}}"), CSharpSyntaxTree.ParseText(Sources.GlobalUsings)],
        Frameworks.WithAnnotations(Frameworks.Newest), Sources.Options).GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static Compilation Shuffled(Compilation compilation, int seed)
    {
        var trees = compilation.SyntaxTrees.ToArray();
        new Random(seed).Shuffle(trees);
        return compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees);
    }

    private static Task<ImmutableArray<Diagnostic>> Analyze(Compilation compilation, bool concurrent) =>
        RobustnessTrial.OfEverything.Analyze(compilation, new AnalyzerOptions([]), default, concurrent);

    private static Compilation OneThread(Compilation compilation) => compilation.WithOptions(Sources.Options.WithConcurrentBuild(false));

    private static List<string> Sorted(IEnumerable<Diagnostic> findings) => [.. findings.Select(Describe).Order(StringComparer.Ordinal)];

    private static List<string> Unsorted(IEnumerable<Diagnostic> findings) =>
        [.. findings.GroupBy(Analysis.PathOf).OrderBy(file => file.Key, StringComparer.Ordinal).SelectMany(file => file.Select(Describe))];

    private static string Describe(Diagnostic finding) =>
        $"{finding} {string.Join(" ", finding.AdditionalLocations)} {string.Join(" ", finding.Properties.OrderBy(property => property.Key, StringComparer.Ordinal))}";
}
