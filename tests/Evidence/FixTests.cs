using System.Globalization;
using Threadwise.CodeFixes;
using Xunit;

namespace Threadwise.Evidence;

/// <summary>Proves each fix by running: the harm shows before it and is gone after it.</summary>
public abstract class FixTests(ITestOutputHelper output)
{
    private const int ShortRepeats = 1;
    private const int RecordedRepeats = 10;

    private static readonly Results s_results = new("tests/Evidence/results.json");

    // What is recorded was measured with nothing beside it.
    private static readonly SemaphoreSlim s_turns = new(Results.AreRecorded ? 1 : 2);

    protected async Task ProveAsync(string title)
    {
        await s_turns.WaitAsync();
        try
        {
            await TryAsync(title);
        }
        finally
        {
            s_turns.Release();
        }
    }

    private async Task TryAsync(string title)
    {
        var subject = Subject.Titled(title);
        var repair = await Repair.OfAsync(subject);
        output.WriteLine($"{repair.Findings} findings, {repair.Fixes} fixes\n{repair.Rewritten}");
        var trial = await Trial.OfAsync(repair, Results.AreRecorded ? RecordedRepeats : ShortRepeats);
        output.WriteLine($"before: {trial.Before} (attempt {trial.Attempts})\nafter: {trial.After} (worst of {trial.Repeats})");
        Assert.NotEqual(0, trial.Before.Harm);
        Assert.True(trial.After.Harm == 0, trial.After.Text);
        if (Results.AreRecorded)
            s_results.Put(subject.Row(new()
            {
                ["before"] = trial.Before.Text,
                ["after"] = trial.After.Text,
                ["runs until it showed"] = trial.Attempts.ToString(CultureInfo.InvariantCulture),
                ["runs after the fix"] = trial.Repeats.ToString(CultureInfo.InvariantCulture),
                ["measured on"] = Framework.Machine,
            }), Subject.Keys);
    }
}

/// <summary>Programs that hang, and are mostly waited for.</summary>
public sealed class Deadlocks(ITestOutputHelper output) : FixTests(output)
{
    public static TheoryData<string> Titles => [.. Subject.All.Select(subject => subject.Title).Where(IsHere)];

    [Theory]
    [MemberData(nameof(Titles))]
    public Task Harm_shows_before_the_fix_and_not_after(string title) => ProveAsync(title);

    internal static bool IsHere(string title) => title.StartsWith("TW2", StringComparison.Ordinal);
}

/// <summary>Programs that need the processors.</summary>
public sealed class RacesAndBlocking(ITestOutputHelper output) : FixTests(output)
{
    public static TheoryData<string> Titles => [.. Subject.All.Select(subject => subject.Title).Where(title => !Deadlocks.IsHere(title))];

    [Theory]
    [MemberData(nameof(Titles))]
    public Task Harm_shows_before_the_fix_and_not_after(string title) => ProveAsync(title);
}

/// <summary>What is committed.</summary>
public sealed class Records
{
    [Theory]
    [InlineData("tests/Evidence/results.json")]
    [InlineData("tests/Benchmarks/results.json")]
    public void Recorded_results_are_those_of_the_programs_as_they_are(string file)
    {
        if (!Results.AreRecorded)
            Assert.Equal(Subject.All.Select(subject => (subject.Version, subject.Way ?? "")), new Results(file).Read().Select(row => (row["program"], row.GetValueOrDefault("fix", ""))));
    }

    /// <summary>But a mark that only has every access checked from then on.</summary>
    [Fact]
    public void Every_further_action_is_proved() =>
        Assert.Equal(["Mark it [GuardedBy], so that every access is checked"], Repair.Providers.OfType<Fix>()
            .SelectMany(fix => fix.Others.Where(way => !Subject.All.Any(subject => fix.FixableDiagnosticIds.Contains(subject.Id) && subject.Way == way))));
}
