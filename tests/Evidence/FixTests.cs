using System.Globalization;
using Xunit;

// Measurements must not disturb each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Threadwise.Evidence;

/// <summary>Proves each fix by running: the harm shows before it and is gone after it.</summary>
public sealed class FixTests(ITestOutputHelper output)
{
    private const int ShortRepeats = 1;
    private const int RecordedRepeats = 10;

    private static readonly Results s_results = new("tests/Evidence/results.json");
    private static readonly bool s_records = Environment.GetEnvironmentVariable("UPDATE") == "1";

    public static TheoryData<string> Names => [.. Subject.All.Select(subject => subject.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Harm_shows_before_the_fix_and_not_after(string name)
    {
        var subject = Subject.Named(name);
        var repair = await Repair.OfAsync(subject);
        output.WriteLine($"{repair.Findings} findings, {repair.Fixes} fixes\n{repair.Rewritten}");
        var trial = await Trial.OfAsync(repair, s_records ? RecordedRepeats : ShortRepeats);
        output.WriteLine($"before: {trial.Before} (attempt {trial.Attempts})\nafter: {trial.After} (worst of {trial.Repeats})");
        Assert.NotEqual(0, trial.Before.Harm);
        Assert.True(trial.After.Harm == 0, trial.After.Text);
        if (s_records)
            s_results.Put("id", Row(subject, trial));
    }

    [Theory]
    [InlineData("tests/Evidence/results.json")]
    [InlineData("tests/Benchmarks/results.json")]
    public void Recorded_results_are_those_of_the_programs_as_they_are(string file)
    {
        if (!s_records)
            Assert.Equal(Subject.All.Select(subject => subject.Version), new Results(file).Read().Select(row => row["program"]));
    }

    private static Dictionary<string, string> Row(Subject subject, Trial trial) => new()
    {
        ["id"] = subject.Id,
        ["program"] = subject.Version,
        ["before"] = trial.Before.Text,
        ["after"] = trial.After.Text,
        ["runs until it showed"] = trial.Attempts.ToString(CultureInfo.InvariantCulture),
        ["runs after the fix"] = trial.Repeats.ToString(CultureInfo.InvariantCulture),
        ["measured on"] = Framework.Machine,
    };
}
