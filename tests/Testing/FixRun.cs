using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Threadwise.Testing;

/// <summary>Applies a fix in every way a user can, and compares each outcome with the expected text.</summary>
internal sealed class FixRun(Case surroundings, CodeFixProvider fix, DiagnosticAnalyzer analyzer, IReadOnlyDictionary<string, Marked> before, IReadOnlyDictionary<string, Marked> after)
{
    private readonly Analyses _analyses = new(analyzer);

    private sealed record Offer(Document Document, Diagnostic Finding, CodeAction Action);

    public async Task Check()
    {
        var project = Start();
        await Compare(await OneByOne(project), "after fixing one by one");
        foreach (var scope in new[] { FixAllScope.Document, FixAllScope.Project })
            await Compare(await FixAll(project, scope), $"after fix all in {scope}");
        var twice = Twin(project);
        foreach (var each in (await FixAll(twice, FixAllScope.Solution)).Solution.Projects)
            await Compare(each, "after fix all in Solution");
    }

    public async Task CheckNothingOffered()
    {
        if ((await Offers(Start())).FirstOrDefault() is { } offer)
            throw new VerifyException($"Nothing should be offered, but '{offer.Action.Title}' is for: {offer.Finding}");
    }

    private Project Start() => surroundings.Project(before.Where(file => !surroundings.AdditionalFiles.ContainsKey(file.Key)).Select(file => KeyValuePair.Create(file.Key, file.Value.Text)), analyzer);

    private async Task<Project> OneByOne(Project project)
    {
        var offers = await Offers(project);
        if (offers.Count == 0)
            throw new VerifyException("The fix offers nothing.");
        if (surroundings.Title is { } title && title != offers[0].Action.Title)
            throw new VerifyException($"The title is '{offers[0].Action.Title}', expected '{title}'.");
        while (offers.Count > 0)
        {
            var count = (await _analyses.Of(project)).Findings.Length;
            var next = await Apply(offers[0].Action, project);
            await Compiles(project, next, $"after '{offers[0].Action.Title}' at {offers[0].Finding.Location.GetLineSpan()}");
            if ((await _analyses.Of(next)).Findings.Length >= count)
                throw new VerifyException($"The finding is still there after '{offers[0].Action.Title}': {offers[0].Finding}\n{await Dump(next)}");
            project = next;
            offers = await Offers(project);
        }

        return project;
    }

    /// <summary>Every equivalence key is applied once per unit of the scope; work left behind is a conflict between edits.</summary>
    private async Task<Project> FixAll(Project project, FixAllScope scope)
    {
        var provider = fix.GetFixAllProvider() ?? throw new VerifyException("The fix has no fix-all.");
        var applied = new HashSet<(DocumentId?, string?)>();
        for (var offers = await AllOffers(project.Solution, scope); offers.Count > 0; offers = await AllOffers(project.Solution, scope))
        {
            var (document, finding, action) = offers[0];
            if (!applied.Add((scope == FixAllScope.Document ? document.Id : null, action.EquivalenceKey)))
                throw new VerifyException($"Fix all in {scope} left work behind: {finding}\n{await Dump(project)}");
            var context = new FixAllContext(document, fix, scope, action.EquivalenceKey, [finding.Id], new FindingsOf(_analyses), default);
            var all = await provider.GetFixAsync(context) ?? throw new VerifyException($"Fix all in {scope} gave no action.");
            var next = await Apply(all, project);
            await Compiles(project, next, $"after fix all in {scope}");
            project = next;
        }

        return project;
    }

    private async Task<List<Offer>> AllOffers(Solution solution, FixAllScope scope)
    {
        var offers = new List<Offer>();
        foreach (var project in solution.Projects.Take(scope == FixAllScope.Solution ? int.MaxValue : 1))
            offers.AddRange(await Offers(project));
        return offers;
    }

    private async Task<List<Offer>> Offers(Project project)
    {
        var offers = new List<Offer>();
        foreach (var finding in (await _analyses.Of(project)).Findings)
        {
            if (!fix.FixableDiagnosticIds.Contains(finding.Id) || project.GetDocument(finding.Location.SourceTree) is not { } document)
                continue;
            var actions = new List<CodeAction>();
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => actions.Add(action), default));
            if (actions.Count > surroundings.Action)
                offers.Add(new Offer(document, finding, actions[surroundings.Action]));
        }

        return offers;
    }

    private static async Task<Project> Apply(CodeAction action, Project project)
    {
        var changes = (await action.GetOperationsAsync(default)).OfType<ApplyChangesOperation>().ToList();
        if (changes.Count != 1)
            throw new VerifyException($"'{action.Title}' makes {changes.Count} changes of the solution instead of one.");
        return changes[0].ChangedSolution.GetProject(project.Id)!;
    }

    private async Task Compiles(Project old, Project @new, string when)
    {
        var known = (await _analyses.Of(old)).Compiler.Where(d => d.Severity >= DiagnosticSeverity.Warning).CountBy(d => d.Id).ToDictionary();
        var fresh = (await _analyses.Of(@new)).Compiler.Where(d => d.Severity >= DiagnosticSeverity.Warning)
            .GroupBy(d => d.Id).Where(group => group.Count() > known.GetValueOrDefault(group.Key)).SelectMany(group => group).ToList();
        if (fresh.Count > 0)
            throw new VerifyException($"{when} the compiler says:\n{string.Join("\n", fresh)}\n{await Dump(@new)}");
    }

    private async Task Compare(Project project, string when)
    {
        foreach (var document in project.Documents.Where(document => after.ContainsKey(document.Name)))
        {
            var text = (await document.GetTextAsync()).ToString();
            if (text != after[document.Name].Text)
                throw new VerifyException($"{when}, {document.Name}:\n{Difference.Of(after[document.Name].Text, text)}");
            if (Commentary.Lost(before[document.Name].Text, text) is { Count: > 0 } lost)
                throw new VerifyException($"{when}, {document.Name} lost: {string.Join(", ", lost)}");
        }

        new Expectation(after, analyzer.SupportedDiagnostics[0].Id, []).Compare(await _analyses.Of(project), when);
    }

    /// <summary>A solution with the project and a copy of it, so that fixing all of a solution means more than one project.</summary>
    private static Project Twin(Project project)
    {
        var id = ProjectId.CreateNewId();
        var solution = project.Solution.AddProject(ProjectInfo.Create(id, VersionStamp.Default, "Twin", "Twin", LanguageNames.CSharp,
            compilationOptions: project.CompilationOptions, parseOptions: project.ParseOptions, metadataReferences: project.MetadataReferences));
        foreach (var document in project.Documents)
            solution = solution.AddDocument(DocumentId.CreateNewId(id), document.Name, document.GetTextAsync().Result, filePath: document.FilePath);
        foreach (var document in project.AdditionalDocuments)
            solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(id), document.Name, document.GetTextAsync().Result, filePath: document.FilePath);
        foreach (var document in project.AnalyzerConfigDocuments)
            solution = solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(id), document.Name, document.GetTextAsync().Result, filePath: document.FilePath);
        return solution.GetProject(project.Id)!;
    }

    private static async Task<string> Dump(Project project)
    {
        var texts = await Task.WhenAll(project.Documents.Where(document => document.Name != "GlobalUsings.cs").Select(document => document.GetTextAsync()));
        return string.Join("\n---\n", texts.Select(text => text.ToString()));
    }

    /// <summary>Gives fix-all the findings of any document or project.</summary>
    private sealed class FindingsOf(Analyses analyses) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancel) => (await analyses.Of(project)).Findings;

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancel)
        {
            var tree = await document.GetSyntaxTreeAsync(cancel);
            return (await analyses.Of(document.Project)).Findings.Where(finding => finding.Location.SourceTree == tree);
        }

        public override async Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancel) =>
            (await analyses.Of(project)).Findings.Where(finding => !finding.Location.IsInSource);
    }
}
