using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests;

/// <summary>Text that follows from the rules and the recorded results is current. <c>UPDATE=1</c> rewrites it instead of failing.</summary>
public class GeneratedText
{
    private const string End = "<!-- /generated -->";

    private static readonly bool Rewrites = Environment.GetEnvironmentVariable("UPDATE") == "1";

    [Fact]
    public void Index_of_the_rules() =>
        Same(Catalog.PathOf("analyzers/Threadwise.Analyzers/Rules/README.md"), text => Block(text ?? "# Rules\n", "rules", Table("")));

    [Fact]
    public void Table_of_the_rules_in_the_readme() =>
        Same(Catalog.PathOf("README.md"), text => Block(text ?? throw new FileNotFoundException("README.md"), "rules", Table("analyzers/Threadwise.Analyzers/Rules/")));

    [Fact]
    public void Title_and_header_of_every_page() =>
        Assert.All(Rule.All, rule => Same(rule.Page(), text => Block(Titled(text ?? "# \n", rule), "header", Header(rule))));

    [Fact]
    public void Evidence_on_every_page() =>
        Assert.All(Rule.All, rule => Same(rule.Page(), text => text is not null && Evidence(rule) is var evidence && (evidence.Length > 0 || text.Contains("<!-- generated:evidence -->")) ? Block(text, "evidence", evidence) : text));

    [Fact]
    public void Release_rows() =>
        Same(Catalog.PathOf("analyzers/Threadwise.Analyzers/AnalyzerReleases.Unshipped.md"), _ => Unshipped());

    private static string Table(string folder)
    {
        var table = new StringBuilder("| Id | Wrong pattern | Family | Severity | Right on real code | Fix |\n|---|---|---|---|---|---|\n");
        foreach (var rule in Rule.All)
            table.Append($"| [{rule.Id()}]({folder}{rule.Family}/{rule.FileName()}.md) | {rule.Descriptor.Title} | {rule.Family} | {Severity(rule)} | {Record(rule)} | {Fix(rule)} |\n");
        return table.ToString();
    }

    private static string Titled(string page, Rule rule) => $"# {rule.Id()} \u2014 {rule.Descriptor.Title}\n{page[(page.IndexOf('\n') + 1)..]}";

    private static string Header(Rule rule) =>
        $"| Name | Category | Severity | Right on real code | Fix |\n|---|---|---|---|---|\n| {rule.Name} | {rule.Descriptor.Category} | {Severity(rule)} | {Record(rule)} | {Fix(rule)} |\n";

    /// <summary>What became of its findings on other people's code, of which <c>tests/Corpus/verdicts</c> has each.</summary>
    private static string Record(Rule rule) =>
        rule.Family == Family.Configuration ? "\u2013" : CorpusVerdicts.Of(rule.Id()) is { Judged: > 0 } record ? $"{record.Right} of {record.Judged}" : "none found";

    /// <summary>The recorded results that name the rule, one table per file, the columns as the file has them.</summary>
    private static string Evidence(Rule rule)
    {
        var tables = from file in new[] { "tests/Evidence/results.json", "tests/Benchmarks/results.json" }
                     where File.Exists(Catalog.PathOf(file))
                     let rows = JsonSerializer.Deserialize<List<Dictionary<string, JsonElement>>>(File.ReadAllText(Catalog.PathOf(file)))!
                        .Where(row => row["id"].ToString() == rule.Id()).ToList()
                     where rows.Count > 0
                     select TableOf(rows);
        return string.Join("\n", tables);
    }

    private static string TableOf(List<Dictionary<string, JsonElement>> rows)
    {
        var columns = rows.OrderByDescending(row => row.Count).SelectMany(row => row.Keys).Distinct().Where(column => column != "id").ToList();
        var table = new StringBuilder($"| {string.Join(" | ", columns)} |\n|{string.Concat(columns.Select(_ => "---|"))}\n");
        foreach (var row in rows)
            table.Append($"| {string.Join(" | ", columns.Select(column => row.TryGetValue(column, out var cell) ? cell.ToString().Replace("|", "\\|").Replace("<", "&lt;") : ""))} |\n");
        return table.ToString();
    }

    private static string Unshipped()
    {
        var shipped = File.ReadAllText(Catalog.PathOf("analyzers/Threadwise.Analyzers/AnalyzerReleases.Shipped.md"));
        var fresh = Rule.All.Where(rule => !shipped.Contains(rule.Id(), StringComparison.Ordinal)).ToList();
        var text = new StringBuilder("; Unshipped analyzer release\n; https://github.com/dotnet/roslyn-analyzers/blob/main/src/Microsoft.CodeAnalysis.Analyzers/ReleaseTrackingAnalyzers.Help.md\n");
        if (fresh.Count > 0)
            text.Append("\n### New Rules\n\nRule ID | Category | Severity | Notes\n--------|----------|----------|-------\n");
        foreach (var rule in fresh)
            text.Append($"{rule.Id()} | {rule.Descriptor.Category} | {(rule.Descriptor.IsEnabledByDefault ? rule.Descriptor.DefaultSeverity : "Disabled")} | {rule.Name}{(Presets.MayWarn(rule.Descriptor, CorpusVerdicts.IsProven) ? "" : Presets.Unproven)}\n");
        return text.ToString();
    }

    private static string Severity(Rule rule) => rule.Descriptor.IsEnabledByDefault ? rule.Descriptor.DefaultSeverity.ToString() : "off";

    private static string Fix(Rule rule) => rule.FixOf() is null ? "no" : "yes";

    /// <summary>Replaces the named block, or adds it: a header below the title, evidence below its heading, anything else at the end.</summary>
    private static string Block(string text, string name, string content)
    {
        var start = $"<!-- generated:{name} -->";
        var block = $"{start}\n{content}{End}";
        var present = new Regex($"{Regex.Escape(start)}.*?{Regex.Escape(End)}", RegexOptions.Singleline);
        if (present.IsMatch(text))
            return present.Replace(text, block.Replace("$", "$$"), 1);
        var place = name switch
        {
            "header" => text.IndexOf('\n') + 1,
            "evidence" when text.IndexOf("\n## Evidence\n", StringComparison.Ordinal) is var at and >= 0 => at + "\n## Evidence\n".Length,
            "evidence" when text.IndexOf("\n## Related\n", StringComparison.Ordinal) is var at and >= 0 => at,
            _ => text.Length,
        };
        var heading = name == "evidence" && !text.Contains("\n## Evidence\n") ? "\n## Evidence\n" : "";
        return $"{text[..place]}{heading}\n{block}\n{text[place..]}";
    }

    private static void Same(string file, Func<string?, string?> renewed)
    {
        var actual = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : null;
        var expected = renewed(actual);
        if (Rewrites && expected != actual)
            File.WriteAllText(file, expected);
        else
            Assert.True(expected == actual, $"{Path.GetRelativePath(Catalog.Repository, file)} is not current; run the tests once with UPDATE=1.");
    }
}
