using Xunit;

namespace EndToEnd;

/// <summary>How loud the rules are: the presets, and the user's settings, which win over them.</summary>
[Collection<Consumers>]
public sealed class Settings(Workshop workshop)
{
    private static readonly string[] Warnings = ["warning TW1002", "warning TW2001", "warning TW2001", "warning TW3001"];
    private static readonly string[] Errors = ["error TW1002", "error TW2001", "error TW2001", "error TW3001"];

    [Theory]
    [InlineData("ByPragma.cs", "TW3001")]
    [InlineData("ByAttribute.cs", "TW3001")]
    [InlineData("ByEditorConfig.cs", "TW3001")]
    [InlineData("ByGlobalConfig.cs", "TW3005")]
    [InlineData("ByNoWarn.cs", "TW2008")]
    [InlineData("ByCategory.cs", "TW1002")]
    public void Every_way_to_silence_a_rule_works(string file, string rule)
    {
        Assert.Equal([rule], workshop.Findings["Unsilenced"].Where(finding => Path.GetFileName(finding.File) == file).Select(finding => finding.Id));
        Assert.DoesNotContain(workshop.Findings["Silenced"], finding => Path.GetFileName(finding.File) == file);
    }

    [Fact]
    public void By_default_all_warn_that_find_what_breaks_programs() => Assert.Equal(Warnings, workshop.Reported("PresetDefault"));

    [Fact]
    public void The_recommended_preset_warns_of_what_was_right_on_real_code() => Assert.Equal(["warning TW3001"], workshop.Reported("PresetRecommended"));

    [Fact]
    public void The_preset_all_warns_of_what_is_information_otherwise()
    {
        var reported = workshop.Reported("PresetAll").ToList();
        Assert.Contains("warning TW2023", reported);
        Assert.Equal(Warnings, reported.Where(finding => finding != "warning TW2023"));
    }

    [Theory]
    [InlineData("Presetstrict")]
    [InlineData("LevelLatest")]
    public void The_strict_preset_fails_the_build_however_it_is_written(string project)
    {
        Assert.Equal(Errors, workshop.Reported(project));
        Assert.NotEqual(0, workshop.Build.ExitCode);
    }

    [Fact]
    public void The_preset_none_is_silent() => Assert.Empty(workshop.Reported("PresetNone"));

    [Theory]
    [InlineData("PresetLoud", "There is no preset 'Loud' at level '0.1'")]
    [InlineData("LevelUnknown", "There is no preset 'Default' at level '9.9'")]
    public void An_unknown_preset_is_said_and_changes_nothing(string project, string message)
    {
        Assert.Equal([.. Warnings, "warning TW9004"], workshop.Reported(project));
        Assert.StartsWith(message, workshop.Findings[project].Single(finding => finding.Id == "TW9004").Message);
    }

    [Fact]
    public void The_users_own_configuration_wins_over_the_strict_preset() =>
        Assert.Equal(["warning TW1002", "warning TW2001", "warning TW2001"], workshop.Reported("Overridden"));

    [Fact]
    public void Tables_in_the_folders_above_a_project_count_without_naming_them()
    {
        Assert.Equal(["warning TW3005", "warning TW3005", "warning TW9001"], workshop.Reported("App"));
        var malformed = workshop.Findings["App"].Single(finding => finding.Id == "TW9001");
        Assert.Equal(("threadwise.team.txt", 2), (Path.GetFileName(malformed.File), malformed.Line));
    }
}
