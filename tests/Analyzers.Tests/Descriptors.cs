using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Threadwise.Analyzers;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests;

/// <summary>What every rule says of itself.</summary>
public partial class Descriptors
{
    public static TheoryData<string> Ids => [.. Rule.All.Select(rule => rule.Id())];

    [Fact]
    public void Ids_are_unique_and_so_are_names()
    {
        Assert.Equal(Rule.All.Length, Rule.All.Select(rule => rule.Id()).Distinct().Count());
        Assert.Equal(Rule.All.Length, Rule.All.Select(rule => rule.Name).Distinct().Count());
    }

    [Fact]
    public void The_package_reports_every_rule_once() =>
        Assert.Equal(Rule.All.Select(rule => rule.Id()), Catalog.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(descriptor => descriptor.Id).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Ids))]
    public void An_id_is_TW_and_four_digits_of_a_known_family(string id)
    {
        Assert.Matches(@"^TW[1-9]\d{3}$", id);
        Assert.True(Enum.IsDefined(RuleOf(id).Family));
    }

    [Theory, MemberData(nameof(Ids))]
    public void A_rule_has_its_files(string id)
    {
        var rule = RuleOf(id);
        Assert.True(File.Exists(rule.SourceFile()), rule.SourceFile());
        Assert.True(File.Exists(rule.Page()), rule.Page());
        Assert.True(File.Exists(rule.TestFile()), rule.TestFile());
        Assert.Contains($"class {rule.Name}(", File.ReadAllText(rule.SourceFile()));
    }

    [Theory, MemberData(nameof(Ids))]
    public void A_rule_has_a_fix_or_says_why_not(string id)
    {
        var rule = RuleOf(id);
        var said = Page.Read(rule.Page()).Sections.Contains("No fix");
        Assert.Equal(rule.FixOf() is not null, File.Exists(rule.FixFile()));
        Assert.True(rule.FixOf() is not null != said, $"{id}: a fix, or a section '## No fix', and never both");
    }

    [Theory, MemberData(nameof(Ids))]
    public void A_message_is_one_short_line(string id)
    {
        var descriptor = RuleOf(id).Descriptor;
        foreach (var text in new[] { descriptor.Title.ToString(), descriptor.MessageFormat.ToString() })
        {
            Assert.InRange(text.Length, 5, Analysis.LongestMessage);
            Assert.DoesNotMatch(@"[\r\n]|\s$|^\s|\.$", text);
        }

        Assert.Contains("{0}", descriptor.MessageFormat.ToString());
        Assert.Matches(@"^[A-Z'\[]", descriptor.Title.ToString());
    }

    [Theory, MemberData(nameof(Ids))]
    public void A_description_is_whole_sentences(string id) => Assert.Matches(@"^[A-Z'\[`].*\.$", RuleOf(id).Descriptor.Description.ToString());

    /// <summary>What is an error by default can neither be baselined nor adopted step by step.</summary>
    [Theory, MemberData(nameof(Ids))]
    public void A_rule_is_never_an_error_by_default(string id) => Assert.NotEqual(DiagnosticSeverity.Error, RuleOf(id).Descriptor.DefaultSeverity);

    [Theory, MemberData(nameof(Ids))]
    public void The_category_is_the_family(string id) => Assert.Equal($"Threadwise.{RuleOf(id).Family}", RuleOf(id).Descriptor.Category);

    [Theory, MemberData(nameof(Ids))]
    public void The_help_link_leads_to_the_page(string id)
    {
        var rule = RuleOf(id);
        var link = HelpLink().Match(rule.Descriptor.HelpLinkUri);
        Assert.True(link.Success, rule.Descriptor.HelpLinkUri);
        Assert.Equal(rule.Page(), Catalog.PathOf(link.Groups[1].Value));
    }

    [Fact]
    public void A_fix_fixes_rules_that_exist_and_can_fix_all() => Assert.All(Catalog.Fixes, fix =>
    {
        Assert.NotEmpty(fix.FixableDiagnosticIds);
        Assert.Empty(fix.FixableDiagnosticIds.Except(Rule.All.Select(rule => rule.Id())));
        Assert.NotNull(fix.GetFixAllProvider());
    });

    [Fact]
    public void No_rule_has_two_fixes() =>
        Assert.All(Rule.All, rule => Assert.InRange(Catalog.Fixes.Count(fix => fix.FixableDiagnosticIds.Contains(rule.Id())), 0, 1));

    private static Rule RuleOf(string id) => Rule.All.Single(rule => rule.Id() == id);

    [GeneratedRegex("^https://[^/]+/[^/]+/[^/]+/blob/main/(.+)$")]
    private static partial Regex HelpLink();
}
