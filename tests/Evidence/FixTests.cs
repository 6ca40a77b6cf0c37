using System.Globalization;
using Xunit;

// Measurements must not disturb each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Threadwise.Evidence;

/// <summary>Proves each fix by running: the harm shows before it and is gone after it.</summary>
public sealed class FixTests(ITestOutputHelper output)
{
    private const int ShortRepeats = 3;
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
        Assert.Contains(s_results.Read(), row => row["program"] == name && row["source"] == subject.Fingerprint);
    }

    [Fact]
    public void Every_recorded_result_belongs_to_a_program() =>
        Assert.Subset(Subject.All.Select(subject => subject.Name).ToHashSet(), s_results.Read().Select(row => row["program"]).ToHashSet());

    private static Dictionary<string, string> Row(Subject subject, Trial trial) => new()
    {
        ["id"] = subject.Id,
        ["program"] = subject.Name,
        ["source"] = subject.Fingerprint,
        ["before"] = trial.Before.Text,
        ["after"] = trial.After.Text,
        ["attempts"] = trial.Attempts.ToString(CultureInfo.InvariantCulture),
        ["repeats"] = trial.Repeats.ToString(CultureInfo.InvariantCulture),
        ["measured-on"] = Framework.Machine,
    };
}
