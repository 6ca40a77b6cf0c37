using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Threadwise.Analyzers;
using Threadwise.Testing;

namespace Analyzers.Tests;

/// <summary>Sources that need not compile, through all rules and all fixes: nothing may throw, hang, or report what does not parse.</summary>
internal sealed class RobustnessTrial(DiagnosticAnalyzer analyzer, ImmutableArray<CodeFixProvider> fixes)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static RobustnessTrial OfEverything { get; } = new(new ThreadwiseAnalyzer(), Catalog.Fixes);

    /// <summary>Fixing thousands at once asks for patience, not for robustness.</summary>
    private const int MostFixedAtOnce = 200;

    /// <summary>How many findings of one source are fixed; enough for every rule to have its turn.</summary>
    public int MostFixed { get; init; } = 12;

    public Task<ImmutableArray<Diagnostic>> Run(string name, params string[] sources) => Run(name, new Case(), sources);

    public async Task<ImmutableArray<Diagnostic>> Run(string name, Case surroundings, params string[] sources)
    {
        var project = surroundings.Project(sources.Select((source, i) => KeyValuePair.Create($"Trial{i}.cs", source)), analyzer);
        try
        {
            return await Task.Run(() => Attempt(project)).WaitAsync(Patience);
        }
        catch (Exception exception)
        {
            var shown = string.Join("\n---\n", sources.Select(source => source.Length < 8000 ? source : source[..8000] + "…"));
            throw new VerifyException($"{name}: {exception}\n--- source\n{shown}");
        }
    }

    private async Task<ImmutableArray<Diagnostic>> Attempt(Project project)
    {
        var compilation = (await project.GetCompilationAsync())!;
        var findings = await Analyze(compilation, project.AnalyzerOptions, default);
        foreach (var finding in findings)
            CheckPlace(finding);
        foreach (var finding in findings.Take(MostFixed))
            await Fix(project, finding, findings);
        return findings;
    }

    /// <exception cref="VerifyException">A rule threw.</exception>
    public async Task<ImmutableArray<Diagnostic>> Analyze(Compilation compilation, AnalyzerOptions options, CancellationToken cancel, bool concurrent = true)
    {
        var crashes = new ConcurrentQueue<Exception>();
        var how = new CompilationWithAnalyzersOptions(options, (exception, _, _) => crashes.Enqueue(exception), concurrent, logAnalyzerExecutionTime: false);
        var findings = await compilation.WithAnalyzers([analyzer], how).GetAnalyzerDiagnosticsAsync(cancel);
        return crashes.IsEmpty ? findings : throw new VerifyException("the analyzer threw\n" + string.Join("\n", crashes));
    }

    /// <summary>A finding lies inside its text, on something that parses.</summary>
    private static void CheckPlace(Diagnostic finding)
    {
        if (finding.GetMessage().Length > Analysis.LongestMessage || finding.GetMessage().Contains('\n'))
            throw new VerifyException("unreadable message: " + finding);
        foreach (var place in finding.AdditionalLocations.Prepend(finding.Location).Where(place => place.IsInSource))
        {
            if (place.SourceSpan.End > place.SourceTree!.Length)
                throw new VerifyException("outside of the text: " + finding);
            var node = place.SourceTree.GetRoot().FindNode(place.SourceSpan, getInnermostNodeForTie: true);
            if (node.ContainsDiagnostics && node.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
                throw new VerifyException("reported where the text does not parse: " + finding);
        }
    }

    private async Task Fix(Project project, Diagnostic finding, ImmutableArray<Diagnostic> findings)
    {
        if (project.GetDocument(finding.Location.SourceTree) is { } document)
            _ = await Fixed(document, finding, findings, default);
    }

    /// <summary>The texts that the fixes for one finding, and fix-all after each of them, make of its document.</summary>
    public async Task<IReadOnlyList<string>> Fixed(Document document, Diagnostic finding, ImmutableArray<Diagnostic> findings, CancellationToken cancel)
    {
        var texts = new List<string>();
        foreach (var fix in fixes.Where(fix => fix.FixableDiagnosticIds.Contains(finding.Id)))
        {
            var actions = new List<CodeAction>();
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => actions.Add(action), cancel));
            if (actions.Count > 0 && findings.Length <= MostFixedAtOnce && fix.GetFixAllProvider() is { } all
                && await all.GetFixAsync(new FixAllContext(document, fix, FixAllScope.Document, actions[0].EquivalenceKey, [finding.Id], new Known(findings), cancel)) is { } everything)
                actions.Add(everything);
            foreach (var action in actions)
                foreach (var operation in await action.GetOperationsAsync(cancel))
                    if (operation is ApplyChangesOperation { ChangedSolution: var solution } && solution.GetDocument(document.Id) is { } changed)
                        texts.Add((await changed.GetTextAsync(cancel)).ToString());
        }

        return texts;
    }

    /// <summary>The findings that are known already, for fix-all.</summary>
    private sealed class Known(ImmutableArray<Diagnostic> findings) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancel) => Task.FromResult<IEnumerable<Diagnostic>>(findings);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancel) =>
            Task.FromResult(findings.Where(finding => finding.Location.SourceTree?.FilePath == document.FilePath));

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancel) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
