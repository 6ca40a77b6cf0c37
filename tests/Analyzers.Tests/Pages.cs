using Threadwise.Analyzers;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests;

/// <summary>The pages are true: the rule reports exactly the marked lines of each example, and the fix makes the fixed example of the firing one.</summary>
public class Pages
{
    private const string NoFix = "No fix";

    private static readonly string[] Order =
    [
        "Fires", "Why it fails", "Fixed", "Stays silent", "When not to fix", "Suppress", "Configuration", "Limits", "Evidence", "Related",
    ];

    public static TheoryData<string> Ids => [.. Rule.All.Select(rule => rule.Id())];

    [Theory, MemberData(nameof(Ids))]
    public void Sections_stand_in_order(string id)
    {
        var all = PageOf(id).Sections;
        var sections = all.Where(section => section != NoFix).ToList();
        Assert.Empty(sections.Except(Order));
        Assert.Equal(Order.Where(sections.Contains), sections);
        Assert.Empty(new[] { "Fires", "Why it fails", "Stays silent" }.Except(sections));
        Assert.Contains(all, section => section is "Fixed" or NoFix);
    }

    [Theory, MemberData(nameof(Ids))]
    public void What_fires_is_marked_and_what_is_silent_is_not(string id)
    {
        var page = PageOf(id);
        if (RuleOf(id).Family == Family.Configuration)
            return;
        Assert.NotEmpty(page.In("Fires"));
        Assert.All(page.In("Fires"), fence => Assert.NotEmpty(fence.MarkedLines));
        Assert.NotEmpty(page.In("Stays silent"));
        Assert.All(page.In("Stays silent"), fence => Assert.Empty(fence.MarkedLines));
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task Examples_are_true(string id)
    {
        foreach (var fence in PageOf(id).Fences)
        {
            var analysis = await AnalysisOf(fence, id);
            Assert.True(!analysis.Errors.Any(), $"## {fence.Section}:\n{string.Join("\n", analysis.Errors)}\n{fence.Text}");
            var reported = analysis.Findings.Select(finding => finding.Location.GetLineSpan().StartLinePosition.Line).Distinct().Order();
            Assert.True(fence.MarkedLines.SequenceEqual(reported), $"## {fence.Section}: marked lines {string.Join(", ", fence.MarkedLines.Select(line => line + 1))}, reported:\n{string.Join("\n", analysis.Findings)}\n{fence.Text}");
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task The_fixed_examples_are_what_the_fix_makes(string id)
    {
        var (rule, page) = (RuleOf(id), PageOf(id));
        if (rule.FixOf() is not { } fix)
            return;
        var (fires, @fixed) = (page.In("Fires"), page.In("Fixed"));
        Assert.Equal(fires.Count, @fixed.Count);
        foreach (var (before, after) in fires.Zip(@fixed))
            await new FixRun(before.Surroundings, fix, new ThreadwiseAnalyzer([rule]), await Marked(before, id), await Marked(after, id)).Check();
    }

    [Fact]
    public void Every_page_belongs_to_a_rule()
    {
        var pages = Examples.Files("analyzers/Threadwise.Analyzers/Rules", "*.md").Where(path => Path.GetFileName(path) != "README.md");
        Assert.Equal(Rule.All.Select(rule => rule.Page()).Order(StringComparer.Ordinal), pages);
    }

    private static async Task<Dictionary<string, Marked>> Marked(Fence fence, string id)
    {
        var findings = (await AnalysisOf(fence, id)).Findings;
        return new() { ["Page.cs"] = new Marked(fence.Text, [.. findings.Select(finding => new Mark(null, finding.Location.SourceSpan))]) };
    }

    private static Task<Analysis> AnalysisOf(Fence fence, string id)
    {
        var analyzer = new ThreadwiseAnalyzer([RuleOf(id)]);
        return Analysis.Of(fence.Surroundings.Project([new("Page.cs", fence.Text)], analyzer), analyzer);
    }

    private static Rule RuleOf(string id) => Rule.All.Single(rule => rule.Id() == id);

    private static Page PageOf(string id) => Page.Read(RuleOf(id).Page());
}
