using Corpus;
using Microsoft.CodeAnalysis;
using Threadwise.Testing;
using Xunit;

namespace Analyzers.Tests;

/// <summary>The recorded verdicts on real code are in order, and what is on by default as a warning is right nine times in ten.</summary>
public sealed class CorpusVerdicts
{
    private const int EnoughToJudgeBy = 5;
    private const double Precise = 0.9;

    public static TheoryData<string> Files() =>
        [.. Directory.GetFiles(Catalog.PathOf("tests/Corpus/verdicts"), "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_is_sorted_without_duplicates_and_written_as_the_tool_writes_it(string repository)
    {
        var path = PathOf(repository);
        var file = VerdictFile.Read(path);

        Assert.Equal(file.Verdicts.Select(v => v.Key).Distinct().Order(), file.Verdicts.Select(v => v.Key));
        Assert.Equal(file.ToString(), File.ReadAllText(path));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_says_which_commit_of_which_repository_was_judged(string repository)
    {
        var file = VerdictFile.Read(PathOf(repository));

        Assert.Matches(@"^[\w.-]+/[\w.-]+$", file.Repository);
        Assert.Matches("^[0-9a-f]{40}$", file.Commit);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Whoever_judges_says_why(string repository) =>
        Assert.All(VerdictFile.Read(PathOf(repository)).Verdicts.Where(v => v.Answer != Answer.Unjudged), v => Assert.NotEqual("", v.Reason));

    [Fact]
    public void Warnings_are_right_nine_times_in_ten()
    {
        var warnings = Catalog.Rules.Where(rule => rule.Descriptor is { IsEnabledByDefault: true, DefaultSeverity: DiagnosticSeverity.Warning });

        Assert.All(warnings.Select(rule => (Id: rule.Id(), Precision: Of(rule.Id()))).Where(rule => rule.Precision.Judged >= EnoughToJudgeBy),
            rule => Assert.True(rule.Precision.Share >= Precise, $"{rule.Id}: {rule.Precision}"));
    }

    /// <summary>What is recorded of a rule's findings on code nobody here wrote.</summary>
    internal static Precision Of(string rule) => s_ofRules.Value.GetValueOrDefault(rule, new(0, 0, 0, 0));

    /// <summary>Its findings were judged, and nine in ten were right: only then does <c>Recommended</c> warn.</summary>
    internal static bool IsProven(string rule) => Of(rule).Share >= Precise;

    private static readonly Lazy<Dictionary<string, Precision>> s_ofRules = new(() => Files().SelectMany(file => VerdictFile.Read(PathOf(file.Data)).Verdicts)
        .GroupBy(verdict => verdict.Rule).ToDictionary(rule => rule.Key, Precision.Of));

    private static string PathOf(string repository) => Catalog.PathOf($"tests/Corpus/verdicts/{repository}.json");
}
