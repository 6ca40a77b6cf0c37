using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Threadwise.Testing;

/// <summary>Marked sources in their surroundings, compared with what an analyzer and a fix make of them. Unnamed marks mean the analyzer's first id.</summary>
internal sealed class Check(Case surroundings, DiagnosticAnalyzer analyzer)
{
    public async Task Fires(params string[] marked)
    {
        var files = Read(marked);
        if (files.Values.All(file => file.Marks.Count == 0))
            throw new VerifyException("Nothing is marked; a source without findings belongs to Silent.");
        await Matches(files);
    }

    /// <summary>Compiler errors may be marked, findings may not.</summary>
    public async Task Silent(params string[] sources)
    {
        var files = Read(sources);
        if (files.Values.Any(file => file.Marks.Any(mark => mark.Id?.StartsWith("CS", StringComparison.Ordinal) != true)))
            throw new VerifyException("A finding is marked; a source with findings belongs to Fires.");
        await Matches(files);
    }

    public async Task Fixes(CodeFixProvider fix, string[] marked, string[] @fixed)
    {
        if (marked.Length != @fixed.Length)
            throw new VerifyException($"{marked.Length} files before, {@fixed.Length} after.");
        await Fires(marked);
        await new FixRun(surroundings, fix, analyzer, Read(marked), Read(@fixed)).Check();
    }

    public async Task NoFix(CodeFixProvider fix, params string[] marked)
    {
        await Fires(marked);
        await new FixRun(surroundings, fix, analyzer, Read(marked), Read(marked)).CheckNothingOffered();
    }

    private async Task Matches(Dictionary<string, Marked> files)
    {
        var sources = files.Where(file => !surroundings.AdditionalFiles.ContainsKey(file.Key)).Select(file => KeyValuePair.Create(file.Key, file.Value.Text));
        var analysis = await Analysis.Of(surroundings.Project(sources, analyzer), analyzer);
        new Expectation(files, analyzer.SupportedDiagnostics[0].Id, surroundings.Messages).Compare(analysis, "as written");
    }

    private Dictionary<string, Marked> Read(string[] sources) =>
        sources.Select((source, i) => KeyValuePair.Create($"Test{i}.cs", source)).Concat(surroundings.AdditionalFiles)
            .ToDictionary(file => file.Key, file => Markup.Parse(file.Value));
}
