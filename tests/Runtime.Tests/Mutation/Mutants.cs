using Xunit;

namespace Threadwise.Runtime.Tests.Mutation;

/// <summary>Each lock, fence and interlocked operation is needed: without it, the test that <c>killers.txt</c> names fails.</summary>
/// <remarks>CI tries every tenth; <c>mutants.sh</c> all, and finds the killers anew.</remarks>
public class Mutants
{
    private const int Every = 10;

    /// <summary>Whose fences, locks and interlocked operations are all listed.</summary>
    private static readonly string[] s_folders = ["Locking"];

    private static readonly bool s_all = Environment.GetEnvironmentVariable("MUTANTS") == "all";

    [Fact]
    public void Are_all_killed()
    {
        var killers = new Killers(Path.Combine(Laboratory.Folder, "killers.txt"));
        var mutants = s_folders.SelectMany(Laboratory.Mutants).ToList();
        if (s_all)
            killers.Renew(mutants);
        Assert.Equal(mutants.Select(static mutant => mutant.Name), killers.Mutants);
        var alive = mutants.Where((mutant, index) => !s_all && index % Every == 0 && killers.Of(mutant) is { } killer && !Laboratory.Kills(killer, Laboratory.Grow(mutant)));
        Assert.Empty(alive.Select(static mutant => mutant.Name));
    }

    [Fact]
    public void The_library_itself_is_not()
    {
        var itself = Laboratory.Mutants(s_folders[0]).First();
        var whole = Laboratory.Grow(itself with { Text = File.ReadAllText(itself.Path) });
        Assert.False(Laboratory.Kills("AsyncLock_Interleavings.One_is_inside_at_a_time", whole));
        var interleaved = Laboratory.Grow(itself with { Text = File.ReadAllText(itself.Path), IsUnlocked = true });
        Assert.False(Laboratory.Kills("Locks_Interleavings.An_ordered_lock_lets_one_in", interleaved));
    }
}

/// <summary>Which test kills which mutant, as recorded. Where none does, there is the reason instead, after <c>none:</c>.</summary>
internal sealed class Killers(string file)
{
    private const string None = "none: ";
    private const string Separator = " -> ";

    private readonly Dictionary<string, string> _recorded = File.ReadAllLines(file)
        .Select(static line => (Line: line, At: line.LastIndexOf(Separator, StringComparison.Ordinal))).ToDictionary(static line => line.Line[..line.At], static line => line.Line[(line.At + Separator.Length)..]);

    public IEnumerable<string> Mutants => _recorded.Keys;

    /// <summary>The test, if there is one.</summary>
    public string? Of(Mutant mutant) => _recorded.GetValueOrDefault(mutant.Name) is { } recorded && !recorded.StartsWith(None, StringComparison.Ordinal) ? recorded : null;

    /// <summary>Finds the killer of each anew, and writes the file after each.</summary>
    public void Renew(IReadOnlyList<Mutant> mutants)
    {
        var before = new Dictionary<string, string>(_recorded);
        _recorded.Clear();
        foreach (var mutant in mutants)
            _recorded.Add(mutant.Name, before.GetValueOrDefault(mutant.Name, None + "not tried yet"));
        foreach (var mutant in mutants)
        {
            _recorded[mutant.Name] = Find(mutant) ?? (Of(mutant) is null ? _recorded[mutant.Name] : None + "not known");
            File.WriteAllLines(file, _recorded.Select(static pair => pair.Key + Separator + pair.Value));
        }
    }

    /// <summary>The recorded one if it still kills, or the first that does.</summary>
    private string? Find(Mutant mutant)
    {
        var grown = Laboratory.Grow(mutant);
        if (Of(mutant) is { } recorded && Laboratory.Kills(recorded, grown))
            return recorded;
        var type = mutant.Name[..mutant.Name.IndexOf('.', StringComparison.Ordinal)];
        var tests = Laboratory.Tests().OrderByDescending(test => test.StartsWith(type, StringComparison.Ordinal)).ToList();
        return tests.Find(test => Laboratory.Kills(test, grown, preemptions: 0)) ?? tests.Find(test => Laboratory.Kills(test, grown, preemptions: 1)) ?? tests.Find(test => Laboratory.Kills(test, grown));
    }
}
