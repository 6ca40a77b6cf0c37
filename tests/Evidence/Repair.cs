using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Threadwise.Analyzers;
using Threadwise.CodeFixes;

namespace Threadwise.Evidence;

/// <summary>A program before and after the rule's own fix, as the workspace applies it; or its fixed form written by hand, where the rule has none.</summary>
/// <param name="Findings">How many findings of the rule the program had.</param>
/// <param name="Fixes">How often the fix was applied until none was left.</param>
internal sealed record Repair(Compilation Before, Compilation After, int Findings, int Fixes)
{
    private const int MostFixes = 20;

    /// <summary>The lines between the first and the last that the fix touched, as it left them.</summary>
    public string Rewritten
    {
        get
        {
            var (before, after) = (Lines(Before), Lines(After));
            var start = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
            var end = before.Skip(start).Reverse().Zip(after.Skip(start).Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
            return string.Join('\n', after.Skip(start).SkipLast(end));
        }
    }

    public static async Task<Repair> OfAsync(Subject subject)
    {
        using var workspace = new AdhocWorkspace();
        var project = Load(workspace, subject);
        var before = await CompileAsync(project);
        var findings = await FindAsync(project, rule => rule.Id == subject.Id);
        var count = findings.Length;
        if (count == 0)
            throw new InvalidOperationException($"{subject.Name}: {subject.Id} finds nothing in the program that has its defect");
        return subject.Fixed is { } text ? await ByHandAsync(project, before, count, subject.Id, text) : await ByFixAsync(project, before, findings, subject);
    }

    /// <summary>Applies the fix to one finding after the other, as a user would.</summary>
    private static async Task<Repair> ByFixAsync(Project project, Compilation before, ImmutableArray<Diagnostic> findings, Subject subject)
    {
        var (count, fixes) = (findings.Length, 0);
        for (; !findings.IsEmpty; findings = await FindAsync(project, rule => rule.Id == subject.Id))
        {
            if (fixes++ == MostFixes)
                throw new InvalidOperationException($"{subject.Name}: findings are left after {MostFixes} fixes:\n{string.Join('\n', findings)}");
            project = await FixOneAsync(project, findings, subject);
        }

        return new Repair(before, await CompileAsync(project), count, fixes);
    }

    /// <summary>Only where the rule cannot do it, and only if no rule of the family warns of what was written instead.</summary>
    private static async Task<Repair> ByHandAsync(Project project, Compilation before, int count, string id, string text)
    {
        if (FixesOf(id).Any())
            throw new InvalidOperationException($"{project.Name}: {id} has a fix; nothing is to be fixed by hand");
        project = project.Documents.First().WithSyntaxRoot(ByHand.Replaced(before.SyntaxTrees.First().GetRoot(), text)).Project;
        var left = await FindAsync(project, rule => rule.Id.StartsWith(id[..3], StringComparison.Ordinal) && rule is { IsEnabledByDefault: true, DefaultSeverity: >= DiagnosticSeverity.Warning });
        return left.IsEmpty
            ? new Repair(before, await CompileAsync(project), count, Fixes: 0)
            : throw new InvalidOperationException($"{project.Name}: the fixed form has findings:\n{string.Join('\n', left)}");
    }

    private static List<string> Lines(Compilation compilation) => [.. compilation.SyntaxTrees.First().GetText().Lines.Select(line => line.ToString())];

    private static Project Load(AdhocWorkspace workspace, Subject subject)
    {
        var project = ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, subject.Name, subject.Name, LanguageNames.CSharp,
            compilationOptions: new CSharpCompilationOptions(OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable),
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
            metadataReferences: Framework.ReferencesFor(subject));
        return subject.Shared.Prepend(new(subject.Name, subject.Source))
            .Aggregate(workspace.AddProject(project), (all, file) => all.AddDocument(file.Key + ".cs", SourceText.From(file.Value)).Project);
    }

    private static async Task<Compilation> CompileAsync(Project project)
    {
        var compilation = (await project.GetCompilationAsync())!;
        var errors = compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        return errors.Count == 0
            ? compilation
            : throw new InvalidOperationException($"{project.Name} does not compile:\n{string.Join('\n', errors)}\n{compilation.SyntaxTrees.First()}");
    }

    /// <summary>In the program itself; what it shares with others only measures.</summary>
    private static async Task<ImmutableArray<Diagnostic>> FindAsync(Project project, Func<DiagnosticDescriptor, bool> isAsked)
    {
        var rules = Rule.All.Where(rule => isAsked(rule.Descriptor)).ToImmutableArray();
        var crashes = new List<Exception>();
        var options = new CompilationWithAnalyzersOptions(
            project.AnalyzerOptions, (crash, _, _) => crashes.Add(crash), concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        var compilation = await CompileAsync(project);
        var analysis = compilation.WithAnalyzers([new ThreadwiseAnalyzer(rules)], options);
        var found = await analysis.GetAnalyzerDiagnosticsAsync();
        if (crashes.Count > 0)
            throw new AggregateException($"{project.Name}: a rule threw", crashes);
        return [.. found.Where(diagnostic => isAsked(diagnostic.Descriptor) && diagnostic.Location.SourceTree == compilation.SyntaxTrees.First()).OrderBy(diagnostic => diagnostic.Location.SourceSpan)];
    }

    private static async Task<Project> FixOneAsync(Project project, ImmutableArray<Diagnostic> findings, Subject subject)
    {
        foreach (var fix in FixesOf(subject.Id))
        {
            foreach (var finding in findings)
            {
                var actions = new List<CodeAction>();
                var document = project.GetDocument(finding.Location.SourceTree)!;
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, finding, (action, _) => actions.Add(action), default));
                if ((subject.Way is null ? actions.FirstOrDefault() : actions.Find(action => action.Title == subject.Way)) is not { } action)
                    continue;
                var operations = await action.GetOperationsAsync(default);
                return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(project.Id)!;
            }
        }

        throw new InvalidOperationException($"{project.Name}: {subject.Way ?? "a fix"} is not offered for any of\n{string.Join('\n', findings.Select(Describe))}");
    }

    private static string Describe(Diagnostic finding) =>
        $"{finding} [{string.Join(", ", finding.Properties.Select(property => $"{property.Key}={property.Value}"))}]";

    public static IEnumerable<CodeFixProvider> Providers { get; } = [.. typeof(Fix).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(CodeFixProvider).IsAssignableFrom(type))
        .Select(type => (CodeFixProvider)Activator.CreateInstance(type, nonPublic: true)!)];

    private static IEnumerable<CodeFixProvider> FixesOf(string id) => Providers.Where(fix => fix.FixableDiagnosticIds.Contains(id));
}
