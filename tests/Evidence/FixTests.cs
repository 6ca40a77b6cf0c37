using System.Globalization;
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

    protected async Task ProveAsync(string name)
    {
        await s_turns.WaitAsync();
        try
        {
            await TryAsync(name);
        }
        finally
        {
            s_turns.Release();
        }
    }

    private async Task TryAsync(string name)
    {
        var subject = Subject.Named(name);
        var repair = await Repair.OfAsync(subject);
        output.WriteLine($"{repair.Findings} findings, {repair.Fixes} fixes\n{repair.Rewritten}");
        var trial = await Trial.OfAsync(repair, Results.AreRecorded ? RecordedRepeats : ShortRepeats);
        output.WriteLine($"before: {trial.Before} (attempt {trial.Attempts})\nafter: {trial.After} (worst of {trial.Repeats})");
        Assert.NotEqual(0, trial.Before.Harm);
        Assert.True(trial.After.Harm == 0, trial.After.Text);
        if (Results.AreRecorded)
            s_results.Put("id", Row(subject, trial));
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

/// <summary>Programs that hang, and are mostly waited for.</summary>
public sealed class Deadlocks(ITestOutputHelper output) : FixTests(output)
{
    public static TheoryData<string> Names => [.. Subject.All.Select(subject => subject.Name).Where(IsHere)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task Harm_shows_before_the_fix_and_not_after(string name) => ProveAsync(name);

    internal static bool IsHere(string name) => name.StartsWith("TW2", StringComparison.Ordinal);
}

/// <summary>Programs that need the processors.</summary>
public sealed class RacesAndBlocking(ITestOutputHelper output) : FixTests(output)
{
    public static TheoryData<string> Names => [.. Subject.All.Select(subject => subject.Name).Where(name => !Deadlocks.IsHere(name))];

    [Theory]
    [MemberData(nameof(Names))]
    public Task Harm_shows_before_the_fix_and_not_after(string name) => ProveAsync(name);
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
            Assert.Equal(Subject.All.Select(subject => subject.Version), new Results(file).Read().Select(row => row["program"]));
    }
}
